#pragma once
// The notation of schema_table.hpp turned into JSON Schema. Internal to common/wire.

#include <string>
#include <string_view>
#include <vector>

namespace taskman::wire {

/// `[@Task]` → `{"type":"array","items":{"$ref":"<prefix>Task"}}`.
std::string type_schema(std::string_view type, std::string_view prefix);

/// The names behind `@` in `type`.
std::vector<std::string_view> references_of(std::string_view type);

}  // namespace taskman::wire
