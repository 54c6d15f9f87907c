#include "cli/commands/ids.hpp"
#include "cli/commands/names.hpp"
#include "cli/commands/print.hpp"
#include "common/util/text.hpp"
#include "common/wire/entities.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

using model::Task;

constexpr std::array kArgs{
    Arg{.name = "ID", .complete = Complete::kTask, .help = "42 or #42"},
};
constexpr std::array kExamples{
    Example{"taskman task why 42", "what has to happen before it can be begun"},
};

/// Why a task cannot be begun: itself, and the open tasks it waits for.
struct Reasons {
  Task task;
  std::vector<Task> blockers;
};

Reasons find_reasons(Session& session, model::TaskId id) {
  Reasons reasons{.task = wire::decode_task(session.api().get(wire::task_path(id)).data),
                  .blockers = {}};
  for (const auto blocker : reasons.task.blocked_by) {
    Task task = wire::decode_task(session.api().get(wire::task_path(blocker)).data);
    if (model::is_open(task.status)) reasons.blockers.push_back(std::move(task));
  }
  return reasons;
}

std::string as_json(const Reasons& reasons) {
  std::vector<std::string> blockers;
  for (const auto& task : reasons.blockers) blockers.push_back(wire::encode(task));
  const auto& task = reasons.task;
  return wire::object_of(
      {{"id", std::to_string(task.id.value)},
       {"ready", task.ready ? "true" : "false"},
       {"status", wire::quote(model::name(task.status))},
       {"blocked_reason", task.blocked_reason ? wire::quote(*task.blocked_reason) : "null"},
       {"waits_for", wire::array_of(blockers)}});
}

std::string first_line(const Task& task) {
  const std::string id = std::to_string(task.id.value);
  if (!model::is_open(task.status))
    return id + " is " + std::string(model::name(task.status)) + "\n";
  if (task.ready) return id + " is ready: it waits for nothing\n";
  if (task.status == model::Status::kBlocked)
    return id + " is blocked by hand: " + task.blocked_reason.value_or("no reason was given") +
           "\n";
  return {};
}

std::string as_text(const Reasons& reasons) {
  std::string text = util::escape_for_terminal(first_line(reasons.task), "\n");
  if (reasons.blockers.empty()) return text;
  text += std::to_string(reasons.task.id.value) + " waits for\n";
  for (const auto& task : reasons.blockers) {
    text += "  " + std::to_string(task.id.value) + "  " + std::string(model::name(task.status)) +
            "  " + util::escape_for_terminal(task.title) + "\n";
  }
  return text;
}

int run(Session& session, const Invocation& invocation) {
  const auto reasons = find_reasons(session, parse_id(invocation.first("ID").value()));
  if (session.mode() == Mode::kIds) {
    for (const auto& task : reasons.blockers) session.print(std::to_string(task.id.value) + "\n");
    return 0;
  }
  return print_document(session, "task.why", as_json(reasons), as_text(reasons));
}

}  // namespace

extern const Command kTaskWhy;
constinit const Command kTaskWhy{.noun = "task",
                                 .verb = "why",
                                 .summary = "say why a task cannot be begun",
                                 .args = kArgs,
                                 .examples = kExamples,
                                 .answers = reasons_kind,
                                 .run = run};

}  // namespace taskman::cli
