#include "cli/commands/task_command.hpp"

#include <vector>

#include "common/config/target.hpp"
#include "common/wire/entities.hpp"
#include "common/wire/fields.hpp"

namespace taskman::cli {
namespace {

constexpr std::size_t kLongestVariable = 100'000;  // bytes; the system allows 128 KiB

/// The task as JSON; without its body when that is more than a variable can hold.
std::string variable_of(const std::string& task) {
  if (task.size() <= kLongestVariable) return task;
  auto fields = wire::field_names(task);
  std::erase(fields, "body");
  return wire::select_fields(task, fields);
}

}  // namespace

client::ChildStart command_on(Session& session, const Invocation& invocation,
                              const wire::Envelope& claimed) {
  const std::string& task = claimed.data;
  const auto token = wire::decode_task(task).lease.value().token;
  client::ChildStart start{.words = invocation.all("CMD"),
                           .environment = {
                               {"TASKMAN_TASK_ID", wire::field_text(task, "id").value()},
                               {"TASKMAN_TASK_TITLE", wire::field_text(task, "title").value()},
                               {"TASKMAN_TASK_JSON", variable_of(task)},
                               {"TASKMAN_LEASE_TOKEN", std::to_string(token)},
                               {"TASKMAN_ACTOR", session.actor()},
                           }};
  for (auto& variable : config::environment_of(session.target()))
    start.environment.push_back(std::move(variable));
  return start;
}

Ended attend(client::ChildProcess& child, HeldTask& task) {
  while (!child.wait(task.rest())) task.keep();
  constexpr int kBySignal = 128;
  const int code = child.exit_code();
  // A key of the terminal may have ended it before we knew of the key.
  const int late = child.told_since();
  const int told = late == 0 ? child.told() : late;
  // Who is asked to end has not done the work, even when its last word is 0.
  return {told != 0 && code == 0 ? kBySignal + told : code, told != 0};
}

wire::Envelope task_run(wire::Envelope task, std::optional<int> exit_code) {
  auto members = wire::members_of(task.data);
  members.emplace_back("exit_code", exit_code ? std::to_string(*exit_code) : "null");
  task.kind = "task.run";
  task.data = wire::object_of(members);
  return task;
}

}  // namespace taskman::cli
