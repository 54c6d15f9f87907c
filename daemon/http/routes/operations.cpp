// The daemon itself: health, metrics, its own description, completion, the end.

#include "daemon/service/operations.hpp"

#include <array>

#include "common/error/error.hpp"
#include "common/util/version.hpp"
#include "common/wire/openapi.hpp"
#include "common/wire/paths.hpp"
#include "daemon/http/routes/common.hpp"

namespace taskman::http {
namespace {

using error::Code;

Reply health(Services& services, const Request&) {
  return fleeting_reply_of(services.operations.health());
}

Reply metrics(Services& services, const Request&) {
  return {.content_type = "text/plain; version=0.0.4; charset=utf-8", .body = services.metrics()};
}

Reply openapi(Services&, const Request&) {
  static const std::string document = [] {
    std::vector<wire::RouteDoc> docs;
    for (auto& route : all_routes()) docs.push_back(std::move(route.doc));
    return wire::openapi(docs, util::kVersion);
  }();
  return {.body = document};
}

Reply complete(Services& services, const Request& request) {
  return fleeting_reply_of(
      services.operations.complete({.kind = request.param("kind").value_or(""),
                                    .prefix = request.param("prefix").value_or("")}));
}

Reply shutdown(Services& services, const Request&) {
  Reply reply = fleeting_reply_of(services.operations.goodbye());
  reply.status = 202;
  services.shutdown();
  return reply;
}

}  // namespace

std::vector<Route> operation_routes() {
  return {
      {{.method = "GET",
        .path = wire::kHealth,
        .operation = "getHealth",
        .tag = "daemon",
        .summary = "Whether the daemon and its store answer",
        .answer = "health"},
       health},
      {{.method = "GET",
        .path = wire::kComplete,
        .operation = "listCompletions",
        .tag = "daemon",
        .summary = "What can be typed next, for shells",
        .query = {{"kind",
                   "tasks, sprints, projects, labels, assignees, statuses, priorities, sort_keys "
                   "or hooks"},
                  {"prefix", "what is typed already"}},
        .answer = "completion.list",
        .errors = {Code::kInvalidValue}},
       complete},
      {{.method = "POST",
        .path = wire::kShutdown,
        .operation = "stopDaemon",
        .tag = "daemon",
        .summary = "Finishes what is in flight and ends",
        .answer = "health",
        .status = 202},
       shutdown},
      {{.method = "GET",
        .path = wire::kMetrics,
        .operation = "getMetrics",
        .tag = "daemon",
        .summary = "Figures in Prometheus' text format",
        .answer_type = "text/plain"},
       metrics},
      {{.method = "GET",
        .path = wire::kOpenapi,
        .operation = "getOpenapi",
        .tag = "daemon",
        .summary = "This document"},
       openapi},
  };
}

}  // namespace taskman::http
