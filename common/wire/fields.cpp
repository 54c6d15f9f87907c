#include "common/wire/fields.hpp"

#include <algorithm>

#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/slice.hpp"
#include "common/wire/value.hpp"
#include "common/wire/write.hpp"

namespace taskman::wire {
namespace {

constexpr std::string_view kObject = "object";

std::string unquoted(std::string_view literal) {
  if (literal.find('\\') == std::string_view::npos) {
    return std::string(literal.substr(1, literal.size() - 2));
  }
  return *parse(literal, "string").get_if<std::string>();
}

std::string decoded_name(std::string_view name) {
  if (name.find('\\') == std::string_view::npos) return std::string(name);
  return unquoted('"' + std::string(name) + '"');
}

[[noreturn]] void refuse_field(const std::string& name, const NamedSlices& members) {
  std::vector<std::string_view> known;
  std::string list = "known fields:";
  for (const auto& member : members) {
    known.push_back(member.first);
    ((list += ' ') += member.first) += ',';
  }
  list.pop_back();
  if (const auto near = util::suggest(util::to_lower(name), known)) {
    list = "did you mean " + std::string(*near) + "? " + list;
  }
  throw error::Error(error::Code::kInvalidValue, "unknown field '" + name + '\'', std::move(list),
                     {{"fields", "unknown field '" + name + '\''}});
}

}  // namespace

std::string select_fields(std::string_view object, const std::vector<std::string>& names) {
  const auto members = slice_object(object, kObject);
  std::string out;
  Object selected(out);
  for (const auto& name : names) {
    const auto value = slice_of(members, name);
    if (value.empty()) refuse_field(name, members);
    selected(name, Raw{value});
  }
  selected.close();
  return out;
}

std::optional<std::string> field_text(std::string_view object, std::string_view name) {
  const auto value = slice_of(slice_object(object, kObject), name);
  if (value.empty()) return std::nullopt;
  return value_text(value);
}

std::string value_text(std::string_view json) {
  if (json == "null") return {};
  if (json.starts_with('"')) return unquoted(json);
  if (!json.starts_with('[')) return std::string(json);
  const auto items = slice_array(json, "array");
  const auto holds_more = [](std::string_view item) {
    return item.starts_with('{') || item.starts_with('[');
  };
  if (std::ranges::any_of(items, holds_more)) return std::string(json);
  std::string text;
  for (const auto item : items) {
    if (!text.empty()) text += ',';
    text += value_text(item);
  }
  return text;
}

std::vector<std::string> field_names(std::string_view object) {
  std::vector<std::string> names;
  for (const auto& member : slice_object(object, kObject))
    names.push_back(decoded_name(member.first));
  return names;
}

std::string quote(std::string_view text) {
  std::string out;
  put(out, text);
  return out;
}

std::string object_of(const Members& members) {
  std::string out = "{";
  for (const auto& [name, json] : members) {
    if (out.size() > 1) out += ',';
    put(out, name);
    (out += ':') += json;
  }
  return out += '}';
}

Members members_of(std::string_view object) {
  Members members;
  for (const auto& [name, json] : slice_object(object, kObject)) {
    members.emplace_back(decoded_name(name), json);
  }
  return members;
}

}  // namespace taskman::wire
