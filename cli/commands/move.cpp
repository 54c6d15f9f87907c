#include "cli/commands/move.hpp"

#include <algorithm>

#include "cli/commands/files.hpp"
#include "cli/commands/ids.hpp"
#include "cli/commands/print.hpp"
#include "cli/commands/values.hpp"
#include "common/error/error.hpp"
#include "common/filter/filter.hpp"
#include "common/time/text.hpp"
#include "common/util/text.hpp"
#include "common/wire/claims.hpp"
#include "common/wire/entities.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

using error::Code;
using error::Error;
using wire::BulkCommand;

struct Way {
  std::string_view method;
  std::string_view tail;
  std::string body;
};

/// Puts the tasks that are meant into `command`: by id, or by filter.
void select(Session& session, const Invocation& invocation, BulkCommand& command) {
  if (invocation.has_if_taken("where")) command.where = invocation.value("where");
  const auto& words = invocation.all("ID");
  if (!command.where) {
    if (words.empty())
      throw Error(Code::kUsage, "ID is missing", "name tasks by id, or give --where FILTER");
    command.ids = read_ids(session, words);
    return;
  }
  if (!words.empty()) {
    throw Error(Code::kUsage, "both ids and --where are given",
                "give one of them; a filter may name ids: --where 'id:3-7 label:api'");
  }
  filter::parse(*command.where, session.filter_context());  // a mistake costs no round trip
  command.sprints_of = session.settings().text(config::Key::kProject);
}

client::Call bulk_call(const Invocation& invocation, const BulkCommand& command) {
  auto call = write_call(invocation, "POST", std::string(wire::kTasksBulk), wire::encode(command));
  if (call.if_match)
    throw Error(Code::kUsage, "--if-match goes with one task", "give one id, or leave it out");
  return call;
}

/// One task by its own route: it takes If-Match and answers the task; several by the bulk route.
client::Call call_of(const Invocation& invocation, const Way& way, const BulkCommand& command) {
  if (command.where || command.ids.size() != 1) return bulk_call(invocation, command);
  const auto path = wire::task_path(command.ids.front(), way.tail);
  return write_call(invocation, way.method, path, way.body);
}

/// What a person is asked about is tried first: refused is refused without a question.
wire::Envelope try_out(Session& session, client::Call call) {
  call.query.emplace_back("dry_run", "1");
  return session.api().write(std::move(call));
}

std::vector<model::TaskId> ids_of(const wire::Envelope& answer) {
  std::vector<model::TaskId> ids;
  for (const auto& item : wire::split_array(answer.data)) ids.push_back(wire::decode_task(item).id);
  return ids;
}

/// Whoever names tasks by a filter has not seen them: a person is told how many, a script has to
/// say that it means it. Who was asked has agreed to these, unless a key may have done it before.
void confirm_where(Session& session, const Invocation& invocation, BulkCommand& command) {
  if (invocation.has("yes") || invocation.has("dry-run")) return;
  if (!session.may_ask()) {
    throw Error(Code::kUsage, "--where changes every task that matches, and nobody is there to ask",
                "add --yes, or see what would change with --dry-run");
  }
  const auto ids = ids_of(try_out(session, bulk_call(invocation, command)));
  if (ids.empty()) return;
  confirm(session, invocation, command.verb + ' ' + count_text(std::ssize(ids), "task"));
  if (!invocation.has("key")) command.ids = ids;
}

wire::Envelope send(Session& session, const Invocation& invocation, const Way& way,
                    const BulkCommand& command) {
  if (command.ids.empty() && !command.where)
    return {.kind = "task.list", .data = "[]", .page = wire::PageInfo{.returned = 0, .total = 0}};
  return session.api().write(call_of(invocation, way, command));
}

int change(Session& session, const Invocation& invocation, const Way& way, BulkCommand command,
           std::string_view past) {
  if (command.where) confirm_where(session, invocation, command);
  const auto answer = send(session, invocation, way, command);
  const auto tasks = answer.page.value_or(wire::PageInfo{}).total;
  if (command.where && tasks == 0) throw Error(Code::kNothing, "no task matches " + *command.where);
  print_written(session, invocation, answer, task_kind(), past);
  if (command.where) session.notice(count_text(tasks, "task"));
  return 0;
}

std::optional<std::int64_t> token_of(const Invocation& invocation) {
  if (!invocation.has_if_taken("token")) return std::nullopt;
  return parse_count("--token", *invocation.value("token"),
                     "a token is a number from 1 up, which the claim answered");
}

wire::Fence fence_of(const Invocation& invocation) {
  return {.if_claimed = invocation.has_if_taken("if-claimed"), .token = token_of(invocation)};
}

}  // namespace

std::optional<std::chrono::milliseconds> lease_of(const Invocation& invocation) {
  const auto word = invocation.value("lease");
  if (!word) return std::nullopt;
  const auto lease = time::parse_duration(*word);
  if (lease) return lease;
  throw Error(Code::kInvalidValue,
              "--lease: '" + util::escape_for_terminal(*word) + "' is not a duration",
              "write 90s, 30m, 2h");
}

int move_tasks(Session& session, const Invocation& invocation, const Move& move) {
  BulkCommand command{.verb = std::string(move.verb),
                      .ids = {},
                      .reason = move.reason,
                      .fence = fence_of(invocation)};
  select(session, invocation, command);
  const wire::VerbInput input{.reason = move.reason, .fence = command.fence};
  return change(session, invocation, {"POST", move.verb, wire::encode(input)}, command, move.past);
}

int edit_tasks(Session& session, const Invocation& invocation, const wire::TaskEdit& edit) {
  BulkCommand command{.verb = "edit", .ids = {}, .set = edit};
  select(session, invocation, command);
  return change(session, invocation, {"PATCH", "", wire::encode(edit)}, command, "edited");
}

int delete_tasks(Session& session, const Invocation& invocation) {
  BulkCommand command{.verb = "delete", .ids = {}};
  select(session, invocation, command);
  const Way way{"DELETE", "", ""};
  const auto& ids = command.ids;
  if (!ids.empty() && will_ask(session, invocation)) {
    const std::string what = ids.size() == 1
                                 ? "task " + std::to_string(ids.front().value)
                                 : count_text(static_cast<std::int64_t>(ids.size()), "task");
    try_out(session, call_of(invocation, way, command));
    confirm(session, invocation, "delete " + what);
  }
  return change(session, invocation, way, command, "deleted");
}

int claim_tasks(Session& session, const Invocation& invocation) {
  BulkCommand command{.verb = "claim",
                      .ids = {},
                      .lease = lease_of(invocation),
                      .exclusive = invocation.has("exclusive")};
  select(session, invocation, command);
  const wire::Claim claim{.lease = command.lease, .exclusive = command.exclusive};
  return change(session, invocation, {"POST", "claim", wire::encode(claim)}, command, "claimed");
}

int renew_tasks(Session& session, const Invocation& invocation) {
  BulkCommand command{
      .verb = "renew", .ids = {}, .lease = lease_of(invocation), .fence = fence_of(invocation)};
  select(session, invocation, command);
  const wire::Renewal renewal{.lease = command.lease, .token = command.fence.token};
  return change(session, invocation, {"POST", "renew", wire::encode(renewal)}, command, "renewed");
}

int release_tasks(Session& session, const Invocation& invocation) {
  BulkCommand command{.verb = "release", .ids = {}, .fence = fence_of(invocation)};
  select(session, invocation, command);
  const wire::Release release{command.fence};
  return change(session, invocation, {"POST", "release", wire::encode(release)}, command,
                "released");
}

}  // namespace taskman::cli
