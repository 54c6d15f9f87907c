#pragma once
// What a caller sends: strict, an unknown field is refused by name. Ranges (length of a title,
// points) are the domain's business; here a value only has to be of its type.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/model/sprint.hpp"
#include "common/model/task.hpp"
#include "common/wire/claims.hpp"

namespace taskman::wire {

/// A sprint may be given by word; the service finds its id.
struct SprintWord {
  std::string word;  ///< a name, a number, current, next, prev
  bool operator==(const SprintWord&) const = default;
};

/// A new task's fields; only `title` is required.
struct NewTask {
  model::TaskFields fields;  ///< sprint unset when `sprint` is given
  std::optional<SprintWord> sprint;
};
NewTask decode_new_task(std::string_view json);

/// `null` clears; an absent field stays. The word `none` for a sprint is the same as null.
struct TaskEdit {
  model::TaskPatch patch;  ///< sprint unset when `sprint` is given
  std::optional<std::optional<SprintWord>> sprint;
};
TaskEdit decode_task_edit(std::string_view json);

model::SprintFields decode_new_sprint(std::string_view json);
model::SprintPatch decode_sprint_edit(std::string_view json);
/// `{"key","name"?,"description"?}`; the name defaults to the key.
model::Project decode_new_project(std::string_view json);
model::ProjectPatch decode_project_edit(std::string_view json);
/// `{"text"}`: the text.
std::string decode_new_comment(std::string_view json);

/// Body of a verb route: `{"reason"?,"if_claimed"?:bool,"token"?}`; empty text is `{}`.
struct VerbInput {
  std::optional<std::string> reason;
  Fence fence;
};
VerbInput decode_verb(std::string_view json);

/// `{"verb":"done","ids":[1,2],"reason"?,"set"?:{…edit…},"text"?,"lease"?,"exclusive"?:bool,
/// "if_claimed"?:bool,"token"?}`; or `"where":"label:api"` in the place of the ids. Both: the tasks
/// that match, if they are these.
struct BulkCommand {
  std::string verb;
  std::vector<model::TaskId> ids;           ///< in the caller's order, as given
  std::optional<std::string> where{};       ///< a filter: all tasks that match it
  std::optional<std::string> sprints_of{};  ///< whose sprints its words mean; none: of all projects
  std::optional<std::string> reason;
  std::optional<TaskEdit> set;
  std::optional<std::string> text;                 ///< of verb `comment`
  std::optional<std::chrono::milliseconds> lease;  ///< of verbs `claim` and `renew`
  bool exclusive = false;                          ///< of verb `claim`
  Fence fence{};                                   ///< holds for each task
};
BulkCommand decode_bulk(std::string_view json);

/// `{"carry":"none|next|<sprint>"?}`; empty text is `{}`.
struct CloseCommand {
  std::optional<std::string> carry;
};
CloseCommand decode_close(std::string_view json);

/// Only what differs from a new task's defaults.
std::string encode(const NewTask& task);
std::string encode(const TaskEdit& edit);
std::string encode(const BulkCommand& command);
std::string encode(const CloseCommand& command);
std::string encode_new_sprint(const model::SprintFields& fields);
std::string encode(const model::SprintPatch& patch);
std::string encode_new_project(const model::Project& project);
std::string encode(const model::ProjectPatch& patch);
std::string encode_new_comment(std::string_view text);
std::string encode(const VerbInput& input);

}  // namespace taskman::wire
