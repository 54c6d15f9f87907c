#include "common/wire/schema_type.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "common/model/changeset.hpp"
#include "common/model/vocabulary.hpp"
#include "common/wire/write.hpp"

namespace taskman::wire {
namespace {

struct Simple {
  std::string_view name;
  std::string_view schema;
};

constexpr std::array kSimple{
    Simple{"text", R"({"type":"string"})"},
    Simple{"word", R"({"type":"string"})"},
    Simple{"int", R"({"type":"integer"})"},
    Simple{"number", R"({"type":"number"})"},
    Simple{"bool", R"({"type":"boolean"})"},
    Simple{"value", R"({"type":["array","boolean","integer","null","number","object","string"]})"},
    Simple{"any", R"({"type":"object"})"},
    Simple{"id", R"({"type":"integer","minimum":1})"},
    Simple{"time", R"({"type":"string","format":"date-time"})"},
    Simple{"day", R"({"type":"string","format":"date"})"},
    Simple{"cursor", R"({"type":"string","pattern":"^[0-9]+-[0-9a-f]{16}$"})"},
};

std::string enumeration(const std::vector<std::string_view>& names) {
  std::string out = R"({"type":"string","enum":[)";
  for (const auto name : names) {
    if (out.back() != '[') out += ',';
    put(out, name);
  }
  return out += "]}";
}

std::string vocabulary(std::span<const model::Word> words) {
  std::vector<std::string_view> names;
  for (const auto& word : words) names.push_back(word.name);
  return enumeration(names);
}

std::string change_types() {
  const auto names = model::change_type_names();
  return enumeration({names.begin(), names.end()});
}

std::string single(std::string_view type, std::string_view prefix) {
  if (type.starts_with('@')) {
    return R"({"$ref":")" + std::string(prefix) + std::string(type.substr(1)) + "\"}";
  }
  if (type.starts_with('[')) {
    return R"({"type":"array","items":)" + type_schema(type.substr(1, type.size() - 2), prefix) +
           '}';
  }
  if (type == "status") return vocabulary(model::status_words());
  if (type == "priority") return vocabulary(model::priority_words());
  if (type == "state") return vocabulary(model::sprint_state_words());
  if (type == "change") return change_types();
  return std::string(std::ranges::find(kSimple, type, &Simple::name)->schema);
}

/// The alternatives of `a|b`, not looking into brackets.
std::vector<std::string_view> alternatives(std::string_view type) {
  std::vector<std::string_view> parts;
  std::size_t start = 0;
  int depth = 0;
  for (std::size_t i = 0; i < type.size(); ++i) {
    depth += type[i] == '[' ? 1 : type[i] == ']' ? -1 : 0;
    if (type[i] != '|' || depth > 0) continue;
    parts.push_back(type.substr(start, i - start));
    start = i + 1;
  }
  parts.push_back(type.substr(start));
  return parts;
}

}  // namespace

std::string type_schema(std::string_view type, std::string_view prefix) {
  const bool nullable = type.ends_with('?');
  if (nullable) type.remove_suffix(1);
  const auto parts = alternatives(type);
  if (parts.size() == 1 && !nullable) return single(type, prefix);
  std::string out = R"({"anyOf":[)";
  for (const auto part : parts) {
    if (out.back() != '[') out += ',';
    out += single(part, prefix);
  }
  if (nullable) out += R"(,{"type":"null"})";
  return out += "]}";
}

std::vector<std::string_view> references_of(std::string_view type) {
  std::vector<std::string_view> names;
  for (auto at = type.find('@'); at != std::string_view::npos; at = type.find('@')) {
    type.remove_prefix(at + 1);
    const auto end = std::min(type.find_first_of("]?|"), type.size());
    names.push_back(type.substr(0, end));
  }
  return names;
}

}  // namespace taskman::wire
