#include "cli/commands/move.hpp"

#include <algorithm>

#include "cli/commands/ids.hpp"
#include "cli/commands/print.hpp"
#include "cli/commands/values.hpp"
#include "common/error/error.hpp"
#include "common/time/text.hpp"
#include "common/util/text.hpp"
#include "common/wire/claims.hpp"
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

struct Leasing {
  std::string_view verb;
  std::string_view past;
};

int lease_tasks(Session& session, const Invocation& invocation, const Leasing& leasing) {
  const auto lease = lease_of(invocation);
  const wire::BulkCommand bulk{.verb = std::string(leasing.verb),
                               .ids = read_ids(session, invocation.all("ID")),
                               .lease = lease};
  const auto answer =
      send(session, invocation, {"POST", leasing.verb, wire::encode(wire::Claim{lease})}, bulk);
  return print_written(session, invocation, answer, task_kind(), leasing.past);
}

}  // namespace

bool has_if_claimed(const Invocation& invocation) {
  return std::ranges::any_of(invocation.command().flags, [&](const Flag& flag) {
    return flag.name == "if-claimed" && invocation.has(flag.name);
  });
}

std::optional<std::chrono::milliseconds> lease_of(const Invocation& invocation) {
  const auto word = invocation.value("lease");
  if (!word) return std::nullopt;
  const auto lease = time::parse_duration(*word);
  if (lease) return lease;
  throw error::Error(error::Code::kInvalidValue,
                     "--lease: '" + util::escape_for_terminal(*word) + "' is not a duration",
                     "write 90s, 30m, 2h");
}

int move_tasks(Session& session, const Invocation& invocation, const Move& move) {
  const wire::BulkCommand bulk{.verb = std::string(move.verb),
                               .ids = read_ids(session, invocation.all("ID")),
                               .reason = move.reason,
                               .if_claimed = has_if_claimed(invocation)};
  const wire::VerbInput input{.reason = move.reason, .if_claimed = bulk.if_claimed};
  const auto answer = send(session, invocation, {"POST", move.verb, wire::encode(input)}, bulk);
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

int claim_tasks(Session& session, const Invocation& invocation) {
  return lease_tasks(session, invocation, {"claim", "claimed"});
}

int renew_tasks(Session& session, const Invocation& invocation) {
  return lease_tasks(session, invocation, {"renew", "renewed"});
}

int release_tasks(Session& session, const Invocation& invocation) {
  const wire::BulkCommand bulk{.verb = "release",
                               .ids = read_ids(session, invocation.all("ID")),
                               .if_claimed = has_if_claimed(invocation)};
  const auto answer = send(session, invocation,
                           {"POST", "release", wire::encode(wire::Release{bulk.if_claimed})}, bulk);
  return print_written(session, invocation, answer, task_kind(), "released");
}

}  // namespace taskman::cli
