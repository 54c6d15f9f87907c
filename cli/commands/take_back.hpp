#pragma once
// What undo and redo share: the call and how its answer is told.

#include "cli/commands/print.hpp"

namespace taskman::cli {

/// What an undo or a redo answers.
const Kind& undo_kind();
/// The caller's changesets, as things to take back.
const Kind& undo_list_kind();

enum class Direction { kUndo, kRedo };

/// Takes back REV or the caller's newest; prints what it was. The exit code.
int take_back(Session& session, const Invocation& invocation, Direction direction);

inline constexpr std::string_view kRevArg = "REV";

}  // namespace taskman::cli
