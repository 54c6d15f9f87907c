#include <fmt/core.h>

#include <algorithm>
#include <iterator>

#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "daemon/http/revision.hpp"
#include "daemon/http/route.hpp"
#include "daemon/http/routes/common.hpp"

namespace taskman::http {
namespace {

bool is_known_parameter(const wire::RouteDoc& doc, std::string_view name) {
  return (name == wire::kMinRev.name && wire::takes_min_rev(doc)) ||
         std::ranges::find(doc.query, name, &wire::ParamDoc::name) != doc.query.end();
}

[[noreturn]] void refuse_parameter(const Route& route, const std::string& name) {
  std::vector<std::string_view> known;
  std::vector<std::string> listed;
  for (const auto& param : route.doc.query) {
    known.push_back(param.name);
    listed.emplace_back(param.name);
  }
  const auto near = util::suggest(name, known);
  std::string hint =
      listed.empty() ? "this takes no parameters" : "parameters: " + util::join(listed, ", ");
  if (near) hint = fmt::format("did you mean {}?", *near);
  throw error::Error(error::Code::kInvalidValue,
                     fmt::format("unknown parameter '{}'", util::escape_for_terminal(name)),
                     std::move(hint), {{name, "unknown"}});
}

}  // namespace

std::vector<Route> all_routes() {
  std::vector<Route> routes;
  for (auto* const table :
       {task_routes, task_detail_routes, claim_routes, batch_routes, sprint_routes, project_routes,
        event_routes, hook_routes, undo_routes, transfer_routes, operation_routes}) {
    std::ranges::move(table(), std::back_inserter(routes));
  }
  return routes;
}

Reply call(const Route& route, Services& services, const Request& request) {
  for (const auto& [name, value] : request.query) {
    if (!is_known_parameter(route.doc, name)) refuse_parameter(route, name);
  }
  if (auto missing = missing_revision(services, request)) {
    Reply reply;
    reply.poll = std::move(missing);
    return reply;
  }
  return route.handler(services, request);
}

}  // namespace taskman::http
