#pragma once
// Task ids as people type them.

#include <optional>
#include <string>
#include <vector>

#include "cli/session/session.hpp"
#include "common/model/task.hpp"

namespace taskman::cli {

/// `42`, `#42`, `3-7`, `-` (from stdin, one of those a line), each id once, in the order given.
/// Throws kInvalidValue for anything else. None, after a notice, when stdin names none.
std::vector<model::TaskId> read_ids(Session& session, const Values& words);

/// `42` or `#42`; `what` names it in a refusal.
model::TaskId parse_id(std::string_view word, std::string_view what = "id");

/// The same grammar without stdin: for tests and for the above.
void add_ids(std::string_view word, std::vector<model::TaskId>& ids);

}  // namespace taskman::cli
