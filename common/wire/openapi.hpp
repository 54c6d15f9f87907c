#pragma once
// The OpenAPI 3.1 document of the API, made from the rows that the router matches by. Thread-safe.

#include <string>
#include <string_view>
#include <vector>

#include "common/wire/route_doc.hpp"

namespace taskman::wire {

/// Whether a request without a body is wrong; else an empty one is as good as `{}`.
bool needs_body(const RouteDoc& route);

/// JSON text; `version` is the program's. Every schema named in `routes` must be known
/// (schema.hpp).
std::string openapi(const std::vector<RouteDoc>& routes, std::string_view version);

}  // namespace taskman::wire
