// /api/v1/tasks: lists, creation, many at once.

#include "daemon/service/tasks.hpp"
#include "common/error/error.hpp"
#include "common/util/hash.hpp"
#include "common/util/text.hpp"
#include "common/wire/commands.hpp"
#include "common/wire/paths.hpp"
#include "daemon/http/routes/common.hpp"

namespace taskman::http {
namespace {

using error::Code;

constexpr std::int64_t kUsualLimit = 100;

Reply list(Services& services, const Request& request) {
  auto listing = services.tasks.list({.caller = caller_of(request),
                                      .filter = request.param("filter").value_or(""),
                                      .sprints_of = request.param("sprints_of"),
                                      .sort = request.param("sort").value_or(""),
                                      .limit = limit_of(request, kUsualLimit),
                                      .page = request.param("page")});
  if (listing.validity == service::TaskListing::Validity::kMovesWithTime) {
    return fleeting_reply_of(std::move(listing.reading));
  }
  // A filter may say `@me`: what one caller was answered is no answer to another.
  if (const auto actor = request.header(util::to_lower(wire::kActorHeader))) {
    listing.reading.tag =
        model::to_string(listing.reading.cursor) + '-' + util::to_hex(util::fnv1a(*actor));
  }
  return reply_of(std::move(listing.reading));
}

Reply create(Services& services, const Request& request) {
  return reply_of(
      services.tasks.create(write_of(request, 201), wire::decode_new_task(request.body)));
}

Reply bulk(Services& services, const Request& request) {
  return reply_of(services.tasks.bulk(write_of(request), wire::decode_bulk(request.body)));
}

Reply labels(Services& services, const Request&) { return reply_of(services.tasks.labels()); }

}  // namespace

std::vector<Route> task_routes() {
  return {
      {{.method = "GET",
        .path = wire::kTasks,
        .operation = "listTasks",
        .tag = "tasks",
        .summary = "Tasks that match a filter, all of them without one",
        .query = {filter_doc(),
                  sprints_of_doc(),
                  {"sort",
                   "keys, `-` for descending: id priority due created updated status points title"},
                  {"limit", "1 to 10000, or `all`; 100", R"({"type":["integer","string"]})"},
                  {"page", "`next` of an earlier answer to the same query"}},
        .answer = "task.list",
        .errors = {Code::kInvalidValue}},
       list},
      {{.method = "POST",
        .path = wire::kTasks,
        .operation = "createTask",
        .tag = "tasks",
        .summary = "A new task",
        .query = {dry_run_doc()},
        .body = "NewTask",
        .answer = "task",
        .status = 201,
        .errors = {Code::kInvalidValue, Code::kConflict, Code::kKeyReused}},
       create},
      {{.method = "POST",
        .path = wire::kTasksBulk,
        .operation = "changeTasks",
        .tag = "tasks",
        .summary = "One verb on many tasks in one transaction",
        .query = {dry_run_doc()},
        .body = "Bulk",
        .answer = "task.list",
        .errors = {Code::kInvalidValue, Code::kNotFound, Code::kConflict, Code::kClaimed,
                   Code::kCycle, Code::kKeyReused}},
       bulk},
      {{.method = "GET",
        .path = wire::kLabels,
        .operation = "listLabels",
        .tag = "tasks",
        .summary = "Labels in use with their number of tasks",
        .answer = "label.list"},
       labels},
  };
}

}  // namespace taskman::http
