// `wait task ID…`: all of them, or any.

#include <algorithm>
#include <utility>

#include "cli/commands/awaited.hpp"
#include "cli/commands/condition.hpp"
#include "cli/commands/detail.hpp"
#include "cli/commands/ids.hpp"
#include "cli/commands/print.hpp"
#include "cli/commands/values.hpp"
#include "common/util/text.hpp"
#include "common/wire/entities.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

using error::Code;
using error::Error;
using model::ChangeType;
using Item = wire::Frame::Item;

constexpr std::size_t kTold = 3;  // tasks of many, in a message

/// One of the tasks that were named.
struct Named {
  model::TaskId id;
  std::optional<model::Task> task{};
  bool is_gone = false;    ///< it was there, and its number is never used again
  bool is_undone = false;  ///< the same, as if it had never been: a backup was put back
};

std::string task_name(const Named& named) { return "task " + std::to_string(named.id.value); }

/// False when the task that was there is not, or another has its number: the history is another.
bool is_same(const Named& before, const Named& now) {
  if (before.is_undone) return false;
  return !before.task || (now.task && now.task->created_at == before.task->created_at);
}

/// The task after a change: what it sets, on top of what was known.
model::Task changed(const Named& named, const Item& item, util::Instant at) {
  model::Task before = named.task.value_or(model::Task{});
  before.id = named.id;
  wire::Members members = wire::members_of(wire::encode(before));
  for (const auto& [name, json] : item.set) {
    const auto found = std::ranges::find(members, name, &wire::Members::value_type::first);
    if (found != members.end()) found->second = json;
  }
  model::Task after = wire::decode_task(wire::object_of(members));
  if (item.version) {
    after.version = *item.version;
    after.updated_at = at;
  }
  return after;
}

class Tasks final : public Awaited {
 public:
  Tasks(Session& session, const Invocation& wait, const std::vector<model::TaskId>& ids)
      : Awaited(session),
        condition_(wait.value("for").value(), session.filter_context()),
        is_any_(wait.has("any")) {
    for (const auto id : ids) tasks_.push_back({.id = id});
    list_ = id_list(ids);
  }

  client::Query query() const override { return {{"task", list_}}; }
  Scope scope() const override {
    Scope scope;
    for (const auto& each : tasks_) scope.tasks.push_back(each.id);
    return scope;
  }
  const std::string& condition() const override { return condition_.text(); }
  bool moves_with_time() const override { return condition_.moves_with_time(); }

  bool is_met() const override {
    const auto context = session().filter_context();
    const auto fits = [&](const Named& each) { return fits_now(each, context); };
    return is_any_ ? std::ranges::any_of(tasks_, fits) : std::ranges::all_of(tasks_, fits);
  }

  std::optional<Error> obstacle() const override;
  std::string standing() const override;
  void check_output(const Invocation& wait) const override { check_fields(wait, task_kind()); }
  int print(const Invocation& wait) override;

 protected:
  model::Cursor read() override;
  void apply(const wire::Frame& frame, const std::string& text) override;

 private:
  bool fits_now(const Named& each, const filter::Context& context) const {
    return each.task && !each.is_undone && condition_.is_met(*each.task, context);
  }
  bool is_lost(const Named& each) const {
    return each.is_gone || each.is_undone || (each.task && condition_.is_past(*each.task));
  }
  std::string standing_of(const Named& each) const {
    if (each.is_gone) return task_name(each) + " was deleted";
    if (each.is_undone)
      return task_name(each) + (each.task ? " is another one now" : " is not there any more") +
             ", the database was replaced";
    if (!each.task) return task_name(each) + " does not exist yet";
    return task_name(each) + " is " + condition_.standing(*each.task);
  }
  std::string told(const std::vector<const Named*>& tasks) const;
  std::vector<const Named*> met() const;
  void check_condition();
  bool was_deleted(model::TaskId id);
  void say_what_is_missing();

  TaskCondition condition_;
  const bool is_any_;
  std::vector<Named> tasks_;
  std::string list_;
  bool is_checked_ = false;
};

/// An unknown sprint or project is said at once, not waited for.
void Tasks::check_condition() {
  if (is_checked_ || !condition_.names_things()) return;
  client::Query query{{"limit", "1"}};
  add_filter(session(), query, condition_.text());
  ask(std::string(wire::kTasks), std::move(query));
  const auto project = session().settings().text(config::Key::kProject);
  condition_.resolve_sprints([&](const std::string& word) -> std::vector<model::SprintId> {
    const auto whose = project ? client::Query{{"project", *project}} : client::Query{};
    return {wire::decode_sprint(ask(wire::sprint_path(word), whose).data).id};
  });
  is_checked_ = true;
}

/// Its log is kept, or was forgotten; of what never was there is none.
bool Tasks::was_deleted(model::TaskId id) {
  try {
    const auto newest = wire::split_array(ask(wire::task_path(id, "log"), {{"limit", "1"}}).data);
    if (newest.empty()) return true;
    const auto frame = wire::decode_frame(newest.front());
    return std::ranges::any_of(frame.changes, [&](const Item& item) {
      return item.type == ChangeType::kTaskDeleted && item.id == model::EntityId(id.value);
    });
  } catch (const Error& failure) {
    if (failure.code() != Code::kNotFound) throw;
    return false;
  }
}

model::Cursor Tasks::read() {
  check_condition();
  const auto answer = ask(std::string(wire::kTasks), {{"filter", "id:" + list_}, {"limit", "all"}});
  std::vector<Named> found;
  for (const auto& each : tasks_) found.push_back({.id = each.id});
  for (const auto& item : wire::split_array(answer.data)) {
    auto task = wire::decode_task(item);
    std::ranges::find(found, task.id, &Named::id)->task = std::move(task);
  }
  for (std::size_t i = 0; i < found.size(); ++i) {
    found[i].is_gone = !found[i].task && was_deleted(found[i].id);
    found[i].is_undone = !found[i].is_gone && !is_same(tasks_[i], found[i]);
  }
  tasks_ = std::move(found);
  say_what_is_missing();
  return answer.cursor.value();
}

void Tasks::say_what_is_missing() {
  std::vector<model::TaskId> missing;
  for (const auto& each : tasks_) {
    if (!each.task && !is_lost(each)) missing.push_back(each.id);
  }
  if (missing.empty()) return;
  const std::string list = id_list(missing);
  say_once(missing.size() == 1 ? "task " + list + " does not exist yet: waiting for it"
                               : "tasks " + list + " do not exist yet: waiting for them");
}

void Tasks::apply(const wire::Frame& frame, const std::string&) {
  for (const auto& item : frame.changes) {
    const auto* number = std::get_if<std::int64_t>(&item.id);
    if (number == nullptr || !model::name(item.type).starts_with("task.")) continue;
    const auto named = std::ranges::find(tasks_, model::TaskId{*number}, &Named::id);
    if (named == tasks_.end() || item.type == ChangeType::kTaskCommented) continue;
    if (item.type == ChangeType::kTaskDeleted) {
      *named = {.id = named->id, .is_gone = true};
    } else if (!named->is_undone && (named->task || item.type == ChangeType::kTaskCreated)) {
      *named = {.id = named->id, .task = changed(*named, item, frame.at)};
    }
  }
}

std::string Tasks::told(const std::vector<const Named*>& tasks) const {
  std::string text;
  for (std::size_t i = 0; i < std::min(tasks.size(), kTold); ++i)
    text.append(text.empty() ? "" : "; ").append(standing_of(*tasks[i]));
  if (tasks.size() > kTold) text += "; and " + std::to_string(tasks.size() - kTold) + " more";
  return text;
}

std::optional<Error> Tasks::obstacle() const {
  std::vector<const Named*> lost;
  for (const auto& each : tasks_) {
    if (is_lost(each)) lost.push_back(&each);
  }
  if (lost.empty() || (is_any_ && lost.size() < tasks_.size())) return std::nullopt;
  const auto ended = std::ranges::find_if(
      lost, [](const Named* each) { return !each->is_gone && !each->is_undone; });
  return Error(
      Code::kImpossible, told(lost) + ": " + condition_.text() + " can no longer come true",
      ended == lost.end()
          ? ""
          : "open it again first: taskman task reopen " + std::to_string((*ended)->id.value));
}

std::string Tasks::standing() const {
  const auto context = session().filter_context();
  std::vector<const Named*> unmet;
  for (const auto& each : tasks_) {
    if (!fits_now(each, context)) unmet.push_back(&each);
  }
  return told(unmet);
}

std::vector<const Named*> Tasks::met() const {
  const auto context = session().filter_context();
  std::vector<const Named*> found;
  for (const auto& each : tasks_) {
    if (fits_now(each, context)) found.push_back(&each);
  }
  return found;
}

int Tasks::print(const Invocation& wait) {
  const auto found = met();
  if (is_sentence(session(), wait)) {
    const bool one = found.size() == 1;
    std::vector<model::TaskId> ids;
    for (const auto* each : found) ids.push_back(each->id);
    session().print((one ? "task " : "tasks ") + id_list(ids) + ": " + condition_.text() +
                    (one ? "  " + util::escape_for_terminal(found.front()->task->title) : "") +
                    "\n");
    return 0;
  }
  Items items;
  for (const auto* each : found) items.push_back(wire::encode(each->task.value()));
  if (tasks_.size() == 1)
    return print_thing(session(), wait, {.kind = "task", .data = items.front(), .cursor = cursor()},
                       task_kind(), task_detail);
  const auto count = static_cast<std::int64_t>(items.size());
  return print_list(session(), wait,
                    {.kind = "task.list",
                     .data = wire::array_of(items),
                     .page = wire::PageInfo{.returned = count, .total = count},
                     .cursor = cursor()},
                    task_kind());
}

}  // namespace

std::unique_ptr<Awaited> awaited_tasks(Session& session, const Invocation& wait,
                                       const Values& words) {
  return std::make_unique<Tasks>(session, wait, read_followed_ids(session, words, "wait"));
}

}  // namespace taskman::cli
