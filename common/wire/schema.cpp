#include "common/wire/schema.hpp"

#include <algorithm>

#include "common/wire/envelope.hpp"
#include "common/wire/schema_parts.hpp"
#include "common/wire/schema_table.hpp"
#include "common/wire/schema_type.hpp"
#include "common/wire/write.hpp"

namespace taskman::wire {
namespace {

constexpr std::string_view kDialect = "https://json-schema.org/draft/2020-12/schema";

/// What every envelope may carry besides schema, kind and data.
constexpr PropertyDoc kExtras[]{
    {"page", "@Page", "of a list"},
    {"cursor", "cursor", "the state this was read at, or the write it made: go on from here"},
    {"more", "bool", "of the log: there is more after the cursor"},
    {"filter", "text", "a default that was applied"},
    {"notices", "[text]", "what a person should know: already done"},
};

std::string object_schema(const ObjectDoc& doc, std::string_view prefix) {
  const bool sent = doc.direction == Direction::kSent;
  std::string properties;
  Object members(properties);
  std::vector<std::string> required;
  for (const auto& property : doc.properties) {
    members(property.name, Raw{property_schema(property, prefix)});
    if (has_word(doc.exceptions, property.name) == sent) required.emplace_back(property.name);
  }
  members.close();
  std::string out;
  Object object(out);
  object("type", std::string_view("object"))("description", doc.description);
  object.unless_empty("required", required)("properties", Raw{properties});
  if (sent) object("additionalProperties", false);
  object.close();
  return out;
}

std::string answer_schema(const AnswerDoc& doc, std::string_view prefix) {
  const auto version = R"({"const":)" + std::to_string(kSchema) + '}';
  std::string kind = R"({"const":)";
  put(kind, doc.kind);
  kind += '}';
  std::vector<std::string> required{"schema", "kind", "data"};
  std::string properties;
  Object members(properties);
  members("schema", Raw{version})("kind", Raw{kind})("data", Raw{type_schema(doc.data, prefix)});
  for (const auto& extra : kExtras) {
    const bool always = has_word(doc.extra, extra.name);
    if (always) required.emplace_back(extra.name);
    const bool of_lists = extra.name == "page" || extra.name == "more";
    if (always || !of_lists) members(extra.name, Raw{property_schema(extra, prefix)});
  }
  members.close();
  std::string out;
  Object{out}("type", std::string_view("object"))("description", doc.description)(
      "required", required)("properties", Raw{properties})
      .close();
  return out;
}

std::vector<std::string_view> references(std::string_view name) {
  std::vector<std::string_view> names;
  const auto add = [&](std::string_view type) {
    for (const auto reference : references_of(type)) names.push_back(reference);
  };
  if (const auto* answer = find_answer(name)) {
    add(answer->data);
    for (const auto& extra : kExtras) {
      if (has_word(answer->extra, extra.name)) add(extra.type);
    }
  } else if (const auto* object = find_object(name)) {
    for (const auto& property : object->properties) add(property.type);
  }
  return names;
}

}  // namespace

bool has_word(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const auto end = std::min(words.find(' '), words.size());
    if (words.substr(0, end) == word) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

const ObjectDoc* find_object(std::string_view name) {
  for (const auto docs : {thing_docs(), report_docs(), local_docs(), input_docs()}) {
    const auto found = std::ranges::find(docs, name, &ObjectDoc::name);
    if (found != docs.end()) return &*found;
  }
  return nullptr;
}

const AnswerDoc* find_answer(std::string_view kind) {
  const auto found = std::ranges::find(answer_docs(), kind, &AnswerDoc::kind);
  return found == answer_docs().end() ? nullptr : &*found;
}

std::string property_schema(const PropertyDoc& property, std::string_view prefix) {
  auto schema = type_schema(property.type, prefix);
  if (property.description.empty()) return schema;
  schema.back() = ',';
  schema += R"("description":)";
  put(schema, property.description);
  return schema += '}';
}

std::vector<std::string_view> schema_names() {
  std::vector<std::string_view> names;
  for (const auto& doc : answer_docs()) names.push_back(doc.kind);
  for (const auto docs : {thing_docs(), report_docs(), local_docs()}) {
    for (const auto& doc : docs) names.push_back(doc.name);
  }
  for (const auto& doc : input_docs()) names.push_back(doc.name);
  return names;
}

std::vector<std::string> schema_fields(std::string_view thing) {
  std::vector<std::string> names;
  if (const auto* object = find_object(thing)) {
    for (const auto& property : object->properties) names.emplace_back(property.name);
  }
  return names;
}

std::optional<std::string> schema_body(std::string_view name, std::string_view prefix) {
  if (const auto* answer = find_answer(name)) return answer_schema(*answer, prefix);
  if (const auto* object = find_object(name)) return object_schema(*object, prefix);
  return std::nullopt;
}

std::vector<std::string_view> schema_closure(const std::vector<std::string_view>& names) {
  std::vector<std::string_view> reached;
  auto open = names;
  while (!open.empty()) {
    const auto name = open.back();
    open.pop_back();
    if (std::ranges::find(reached, name) != reached.end()) continue;
    reached.push_back(name);
    for (const auto reference : references(name)) open.push_back(reference);
  }
  std::vector<std::string_view> ordered;
  for (const auto name : schema_names()) {
    if (std::ranges::find(reached, name) != reached.end()) ordered.push_back(name);
  }
  return ordered;
}

std::string all_schemas() {
  std::string definitions;
  Object members(definitions);
  for (const auto name : schema_names()) members(name, Raw{*schema_body(name, kDefinitions)});
  members.close();
  std::string out;
  Object{out}("$schema", kDialect)("$id", std::string_view("urn:taskman:schema"))(
      "title", std::string_view("taskman"))("$defs", Raw{definitions})
      .close();
  return out;
}

std::optional<std::string> complete_schema(std::string_view name, const std::string& id,
                                           const BodyOf& body_of) {
  const std::optional<std::string> body = body_of(name);
  if (!body) return std::nullopt;
  std::string definitions;
  Object members(definitions);
  for (const auto used : schema_closure({name})) {
    if (used != name) members(used, Raw{*body_of(used)});
  }
  members.close();
  std::string out;
  Object object(out);
  object("$schema", kDialect);
  object("$id", "urn:taskman:schema:" + id)("title", name);
  out += ',';
  out += std::string_view(*body).substr(1, body->size() - 2);
  if (definitions != "{}") object("$defs", Raw{definitions});
  object.close();
  return out;
}

std::optional<std::string> find_schema(std::string_view name) {
  return complete_schema(name, std::string(name),
                         [](std::string_view used) { return schema_body(used, kDefinitions); });
}

}  // namespace taskman::wire
