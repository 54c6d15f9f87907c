#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <functional>
#include <initializer_list>
#include <set>
#include <utility>

#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/entities.hpp"
#include "daemon/service/answers.hpp"
#include "daemon/service/claim_steps.hpp"
#include "daemon/service/filters.hpp"
#include "daemon/service/task_steps.hpp"
#include "daemon/service/tasks.hpp"
#include "daemon/service/transaction.hpp"

namespace taskman::service {
namespace {

using error::Code;
using error::Error;
using model::Task;
using model::TaskId;
using wire::BulkCommand;

using Step = std::function<void(Work&, TaskId)>;

constexpr std::array<std::string_view, 6> kOtherVerbs{"edit",  "comment", "delete",
                                                      "claim", "renew",   "release"};

[[noreturn]] void refuse_verb(const std::string& word) {
  std::vector<std::string_view> known(kOtherVerbs.begin(), kOtherVerbs.end());
  for (const auto& row : domain::verb_words()) known.push_back(row.name);
  const auto near = util::suggest(word, known);
  std::vector<std::string> names(known.begin(), known.end());
  throw Error(Code::kInvalidValue, fmt::format("unknown verb '{}'", word),
              near ? fmt::format("did you mean {}?", *near) : "verbs: " + util::join(names, ", "),
              {{"verb", "unknown"}});
}

[[noreturn]] void refuse_missing(std::string_view verb, std::string_view field) {
  throw Error(Code::kInvalidValue, fmt::format("verb '{}' needs '{}'", verb, field), {},
              {{std::string(field), "missing"}});
}

// What a verb would drop is refused: whoever said it meant something.
void refuse_not_taken(const BulkCommand& command, std::initializer_list<std::string_view> own) {
  struct Part {
    std::string_view name;
    bool is_given;
    std::string_view verb;
  };
  const std::array parts{Part{"set", command.set.has_value(), "edit"},
                         Part{"text", command.text.has_value(), "comment"},
                         Part{"reason", command.reason.has_value(), "block"},
                         Part{"lease", command.lease.has_value(), "claim"},
                         Part{"exclusive", command.exclusive, "claim"}};
  for (const Part& part : parts) {
    if (!part.is_given || std::ranges::find(own, part.name) != own.end()) continue;
    throw Error(Code::kInvalidValue, fmt::format("verb '{}' takes no {}", command.verb, part.name),
                fmt::format("only {} does", part.verb), {{std::string(part.name), "not taken"}});
  }
}

domain::Move move_of(const VerbCommand& command) {
  const auto verb = domain::find_verb(command.verb);
  if (!verb) refuse_verb(command.verb);
  return move_with(*verb, command.reason);
}

Step step_of(const BulkCommand& command) {
  if (domain::find_verb(command.verb)) {
    refuse_not_taken(command, {"reason"});
    return [move = move_of({.verb = command.verb, .reason = command.reason})](
               Work& work, TaskId id) { move_task(work, id, move); };
  }
  if (command.verb == "edit") {
    if (!command.set) refuse_missing(command.verb, "set");
    refuse_not_taken(command, {"set"});
    return [&](Work& work, TaskId id) { edit_task(work, id, *command.set); };
  }
  if (command.verb == "comment") {
    if (!command.text) refuse_missing(command.verb, "text");
    refuse_not_taken(command, {"text"});
    return [&](Work& work, TaskId id) { comment_task(work, id, *command.text); };
  }
  if (command.verb == "claim") {
    refuse_not_taken(command, {"lease", "exclusive"});
    return [claim = wire::Claim{command.lease, command.exclusive}](Work& work, TaskId id) {
      claim_task(work, id, claim);
    };
  }
  if (command.verb == "renew") {
    refuse_not_taken(command, {"lease"});
    return [renewal = wire::Renewal{command.lease, command.fence.token}](Work& work, TaskId id) {
      renew_task(work, id, renewal);
    };
  }
  if (command.verb == "release") {
    refuse_not_taken(command, {});
    return release_task;
  }
  if (command.verb != "delete") refuse_verb(command.verb);
  refuse_not_taken(command, {});
  return [](Work& work, TaskId id) { remove_task(work, id); };
}

std::vector<TaskId> each_once(const std::vector<TaskId>& ids) {
  std::set<TaskId> seen;
  std::vector<TaskId> once;
  std::ranges::copy_if(ids, std::back_inserter(once),
                       [&](TaskId id) { return seen.insert(id).second; });
  return once;
}

// `4, 5 and 19,990 more`: a message is for people, however long the list.
std::string some_of(const std::vector<TaskId>& ids) {
  constexpr std::size_t kTold = 10;
  std::string text;
  for (std::size_t i = 0; i < std::min(ids.size(), kTold); ++i)
    text += (i == 0 ? "" : ", ") + std::to_string(ids[i].value);
  return ids.size() <= kTold ? text : fmt::format("{} and {} more", text, ids.size() - kTold);
}

// Told at once, so that a long list is corrected once.
void check_all_there(Work& work, const std::vector<TaskId>& ids) {
  std::vector<TaskId> missing;
  std::ranges::copy_if(ids, std::back_inserter(missing),
                       [&](TaskId id) { return work.find_task(id) == nullptr; });
  if (missing.empty()) return;
  if (missing.size() == 1) refuse_unknown_task(work.tx(), missing.front());
  throw Error(Code::kNotFound, "no tasks " + some_of(missing), "nothing was changed");
}

// Whoever was told which they are has not agreed to others.
void check_agreed(const BulkCommand& command, const std::vector<TaskId>& found) {
  auto agreed = each_once(command.ids);
  std::ranges::sort(agreed);
  if (agreed.empty() || agreed == found) return;
  throw Error(
      Code::kConflict,
      fmt::format("'{}' matches other tasks now: {}", util::escape_for_terminal(*command.where),
                  found.empty() ? "none" : some_of(found)),
      fmt::format("nothing was changed; agreed to: {}", some_of(agreed)));
}

// By id, so that the same filter does the same twice.
std::vector<TaskId> matching(Work& work, const Base& base, const BulkCommand& command) {
  store::TaskQuery query{.context = filter_context(base, work.caller()),
                         .sort = {{.key = store::SortKey::kId}}};
  auto parsed = parse_filter(work.tx(), {.text = *command.where, .sprints_of = command.sprints_of},
                             query.context);
  for (auto& notice : parsed.notices) work.notice(std::move(notice));
  query.filter = std::move(parsed.expr);
  std::vector<TaskId> ids;
  for (const Task& task : work.tx().list_tasks(query).items) ids.push_back(task.id);
  check_agreed(command, ids);
  return ids;
}

Goal goal_of(std::string_view word) {
  if (word == "release") return model::Status::kTodo;
  const auto verb = domain::find_verb(word);
  return verb ? Goal(domain::target_of(*verb)) : std::nullopt;
}

wire::Envelope run_bulk(Work& work, const Base& base, const BulkCommand& command) {
  if (work.request().if_match) {
    throw Error(Code::kInvalidValue, "If-Match names one version, this command several tasks",
                "change them one by one, or leave If-Match out");
  }
  const Step step = step_of(command);
  const Goal goal = goal_of(command.verb);
  const auto ids = command.where ? matching(work, base, command) : each_once(command.ids);
  check_all_there(work, ids);
  std::vector<Task> before;
  for (const TaskId id : ids) before.push_back(work.task(id));
  for (const TaskId id : ids) {
    check_fence(work, id, command.fence, goal);
    step(work, id);
  }
  work.settle();
  std::vector<Task> after;
  for (const Task& task : before) {
    const Task* now = work.find_task(task.id);
    after.push_back(now == nullptr ? task : *now);
  }
  return task_list_answer(after);
}

}  // namespace

Answer Tasks::create(const WriteRequest& request, const wire::NewTask& task) const {
  return run_write(base_, request,
                   [&](Work& work) { return task_answer(work, create_task(work, task)); });
}

Answer Tasks::edit(const WriteRequest& request, TaskId id, const wire::TaskEdit& edit) const {
  return run_write(base_, request, [&](Work& work) {
    edit_task(work, id, edit);
    return task_answer(work, id);
  });
}

Answer Tasks::move(const WriteRequest& request, TaskId id, const VerbCommand& command) const {
  const domain::Move move = move_of(command);
  return run_write(base_, request, [&](Work& work) {
    check_fence(work, id, command.fence, domain::target_of(move.verb));
    move_task(work, id, move);
    return task_answer(work, id);
  });
}

Answer Tasks::remove(const WriteRequest& request, TaskId id) const {
  return run_write(base_, request, [&](Work& work) { return task_answer(remove_task(work, id)); });
}

Answer Tasks::comment(const WriteRequest& request, TaskId id, const std::string& text) const {
  return run_write(base_, request, [&](Work& work) {
    const auto comment = comment_task(work, id, text);
    return wire::Envelope{.kind = "comment", .data = wire::encode(comment)};
  });
}

Answer Tasks::bulk(const WriteRequest& request, const BulkCommand& command) const {
  return run_write(base_, request, [&](Work& work) { return run_bulk(work, base_, command); });
}

}  // namespace taskman::service
