#include "cli/commands/move.hpp"

#include "cli/commands/ids.hpp"
#include "cli/commands/print.hpp"
#include "cli/commands/values.hpp"
#include "common/error/error.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

using model::TaskId;

struct Way {
  std::string_view method;
  std::string_view tail;
  std::string body;
};

/// One task by its own route: it takes If-Match and answers the task; several by the bulk route.
wire::Envelope send(Session& session, const Invocation& invocation, const Way& way,
                    const wire::BulkCommand& bulk) {
  if (bulk.ids.empty())
    return {.kind = "task.list", .data = "[]", .page = wire::PageInfo{.returned = 0, .total = 0}};
  if (bulk.ids.size() == 1) {
    return session.api().write(
        write_call(invocation, way.method, wire::task_path(bulk.ids.front(), way.tail), way.body));
  }
  auto call = write_call(invocation, "POST", std::string(wire::kTasksBulk), wire::encode(bulk));
  if (call.if_match) {
    throw error::Error(error::Code::kUsage, "--if-match goes with one task",
                       "give one id, or leave --if-match out");
  }
  return session.api().write(std::move(call));
}

}  // namespace

int move_tasks(Session& session, const Invocation& invocation, const Move& move) {
  const wire::BulkCommand bulk{.verb = std::string(move.verb),
                               .ids = read_ids(session, invocation.all("ID")),
                               .reason = move.reason};
  const auto answer =
      send(session, invocation, {"POST", move.verb, wire::encode_reason(move.reason)}, bulk);
  return print_written(session, invocation, answer, task_kind(), move.past);
}

int edit_tasks(Session& session, const Invocation& invocation, const wire::TaskEdit& edit) {
  const wire::BulkCommand bulk{
      .verb = "edit", .ids = read_ids(session, invocation.all("ID")), .set = edit};
  const auto answer = send(session, invocation, {"PATCH", "", wire::encode(edit)}, bulk);
  return print_written(session, invocation, answer, task_kind(), "edited");
}

int delete_tasks(Session& session, const Invocation& invocation, const std::vector<TaskId>& ids) {
  const auto answer = send(session, invocation, {"DELETE", "", ""}, {.verb = "delete", .ids = ids});
  return print_written(session, invocation, answer, task_kind(), "deleted");
}

}  // namespace taskman::cli
