#pragma once
// The pieces of an OpenAPI document that belong to one route, and the components that routes share.
// Internal to common/wire.

#include <string>
#include <string_view>

#include "common/wire/route_doc.hpp"

namespace taskman::wire {

inline constexpr std::string_view kSchemaPrefix = "#/components/schemas/";

inline constexpr std::string_view kText = R"({"type":"string"})";

/// A parameter or a header that many routes have.
struct Shared {
  std::string_view name;
  std::string_view schema;
  std::string_view description;
};

bool is_json(std::string_view media_type);
bool is_write(const RouteDoc& route);
bool names_a_thing(const RouteDoc& route);

void put_reference(std::string& out, std::string_view prefix, std::string_view name);
/// Whether `paths` has such a reference.
bool refers(std::string_view paths, std::string_view prefix, std::string_view name);

/// The array of Parameter Objects of an operation.
std::string parameters_of(const RouteDoc& route);
/// An Operation Object.
std::string operation_of(const RouteDoc& route);

/// The Parameter and Header Objects that `paths` refers to.
std::string shared_parameters(std::string_view paths);
std::string shared_headers(std::string_view paths);

}  // namespace taskman::wire
