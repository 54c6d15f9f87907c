// Schemas of what --fields leaves.

#include <algorithm>

#include "common/util/text.hpp"
#include "common/wire/schema.hpp"
#include "common/wire/schema_parts.hpp"
#include "common/wire/schema_table.hpp"
#include "common/wire/schema_type.hpp"
#include "common/wire/write.hpp"

namespace taskman::wire {
namespace {

/// Which thing --fields picks from, and what there is to pick.
struct Pickable {
  std::string_view thing;
  std::vector<PropertyDoc> properties;
  std::string_view may_be_absent;
};

const ObjectDoc* thing_in(const ObjectDoc& object, std::string_view member) {
  const auto found = std::ranges::find(object.properties, member, &PropertyDoc::name);
  return find_object(references_of(found->type).front());
}

Pickable pickable(std::string_view name) {
  const AnswerDoc* answer = find_answer(name);
  const ObjectDoc* object =
      find_object(answer != nullptr ? references_of(answer->data).front() : name);
  if (object == nullptr || object->direction == Direction::kSent) return {};
  if (answer != nullptr && !answer->rows.empty()) object = thing_in(*object, answer->rows);
  Pickable all{object->name, {}, object->exceptions};
  const std::string_view flattened = answer != nullptr ? answer->flattened : std::string_view{};
  if (!flattened.empty()) {
    const auto inner = thing_in(*object, flattened)->properties;
    all.properties.assign(inner.begin(), inner.end());
  }
  for (const auto& property : object->properties) {
    if (property.name != flattened) all.properties.push_back(property);
  }
  return all;
}

/// What may be absent of the whole thing is null where it was asked for.
std::string picked_schema(const Pickable& from, const std::vector<std::string>& fields) {
  std::string properties;
  Object members(properties);
  std::vector<std::string> required;
  for (const auto& field : fields) {
    if (std::ranges::find(required, field) != required.end()) continue;
    required.push_back(field);
    PropertyDoc property = *std::ranges::find(from.properties, field, &PropertyDoc::name);
    const std::string nullable = std::string(property.type) + '?';
    if (has_word(from.may_be_absent, field)) property.type = nullable;
    members(field, Raw{property_schema(property, kDefinitions)});
  }
  members.close();
  std::string out;
  Object{out}("type", std::string_view("object"))("required", required)(
      "properties", Raw{properties})("additionalProperties", false)
      .close();
  return out;
}

}  // namespace

std::vector<std::string> picked_fields(std::string_view name) {
  std::vector<std::string> names;
  for (const auto& property : pickable(name).properties) names.emplace_back(property.name);
  return names;
}

std::optional<std::string> find_picked_schema(std::string_view name,
                                              const std::vector<std::string>& fields) {
  const Pickable from = pickable(name);
  if (from.thing.empty()) return std::nullopt;
  return complete_schema(
      name, std::string(name) + ':' + util::join(fields, ","), [&](std::string_view used) {
        return used == from.thing ? picked_schema(from, fields) : schema_body(used, kDefinitions);
      });
}

}  // namespace taskman::wire
