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

/// The same for tasks that are followed: one or more, and no more than a URL has room for.
/// `command` is what was typed, `watch`. Throws kUsage, kNothing, kInvalidValue.
std::vector<model::TaskId> read_followed_ids(Session& session, const Values& words,
                                             const std::string& command);

/// `3,17`, as a filter and the feed take them.
std::string id_list(const std::vector<model::TaskId>& ids);

/// `42` or `#42`; none for anything else.
std::optional<model::TaskId> find_id(std::string_view word);

/// The same; `what` names it in a refusal. Throws kInvalidValue.
model::TaskId parse_id(std::string_view word, std::string_view what = "id");

/// The same grammar without stdin: for tests and for the above.
void add_ids(std::string_view word, std::vector<model::TaskId>& ids);

}  // namespace taskman::cli
