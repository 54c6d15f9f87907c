#pragma once
// The pieces of an OpenAPI document that belong to one route, and the components that routes share.
// Internal to common/wire.

#include <string>
#include <string_view>

#include "common/wire/route_doc.hpp"

namespace taskman::wire {

inline constexpr std::string_view kSchemaPrefix = "#/components/schemas/";

bool is_json(std::string_view media_type);

/// An Operation Object.
std::string operation_of(const RouteDoc& route);

/// The Parameter and Header Objects that `paths` refers to.
std::string shared_parameters(std::string_view paths);
std::string shared_headers(std::string_view paths);

}  // namespace taskman::wire
