#pragma once
// Undo as it is asked for and answered.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/util/instant.hpp"

namespace taskman::wire {

/// `{"rev"?:17,"redo"?:true}`; empty text is `{}`.
struct UndoCommand {
  std::optional<std::int64_t> rev;  ///< none: the caller's newest
  bool redo = false;                ///< takes back an undo
};
UndoCommand decode_undo(std::string_view json);
std::string encode(const UndoCommand& command);

/// What an undo or a redo did.
struct UndoReport {
  std::string verb;                 ///< undo, redo
  std::optional<std::int64_t> rev;  ///< the changeset that did it; none in a dry run
  std::int64_t of = 0;              ///< the changeset it took back
  std::int64_t original = 0;        ///< the change that is gone now, or is there again
  std::optional<util::Instant> at;  ///< when the original was made; none when the log forgot it
  std::string what;                 ///< the original in words
  /// JSON array, as in a frame; only in a dry run: else the log has them.
  std::optional<std::string> changes;
};
std::string encode(const UndoReport& report);
UndoReport decode_undo_report(std::string_view json);

/// A changeset of the caller, as something to take back.
struct UndoItem {
  std::int64_t rev = 0;
  util::Instant at;
  std::string actor;
  std::string what;
  std::string state;                      ///< done, undone
  std::optional<std::int64_t> undone_by;  ///< the revision that took it back
  bool undoable = false;                  ///< it can be taken back now
  std::optional<std::string> reason;      ///< why not
};
std::string encode(const UndoItem& item);
UndoItem decode_undo_item(std::string_view json);

}  // namespace taskman::wire
