#pragma once
// A route is a row: what the router matches, what /openapi.json tells, what the tests walk.
// Adding one is one row in routes/<resource>.cpp.

#include <vector>

#include "common/wire/route_doc.hpp"
#include "daemon/http/request.hpp"

namespace taskman::http {

struct Services;  ///< what handlers may use; defined in services.hpp, made by the composition root

/// Runs on a worker thread. Throws error::Error; the router makes the problem.
using Handler = Reply (*)(Services& services, const Request& request);

struct Route {
  wire::RouteDoc
      doc;  ///< method, path template (`/api/v1/tasks/{id}`), summary, parameters, schemas
  Handler handler;
};

/// Every route of every resource, in the order of the documentation.
std::vector<Route> all_routes();

/// Runs the handler. Query parameters that the route does not document are refused, with a
/// suggestion: a mistyped filter must not become no filter.
Reply call(const Route& route, Services& services, const Request& request);

}  // namespace taskman::http
