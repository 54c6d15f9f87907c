#include "cli/import/values.hpp"

#include <algorithm>

#include "common/error/error.hpp"
#include "common/time/text.hpp"
#include "common/util/text.hpp"

namespace taskman::transfer {
namespace {

using error::Code;
using error::Error;

/// `20261123T100000Z` → `2026-11-23T10:00:00Z`; anything else as it is.
std::string with_separators(const std::string& text) {
  constexpr std::size_t kCompactLength = 16;
  if (text.size() != kCompactLength || text[8] != 'T' || text.back() != 'Z') return text;
  return text.substr(0, 4) + '-' + text.substr(4, 2) + '-' + text.substr(6, 5) + ':' +
         text.substr(11, 2) + ':' + text.substr(13);
}

}  // namespace

void refuse(std::string_view name, std::string_view json, std::string_view expected) {
  constexpr std::size_t kShown = 60;
  throw Error(Code::kInvalidValue, std::string(name) + ": " + util::fit(json, kShown) + " is not " +
                                       std::string(expected));
}

std::string as_string(std::string_view name, std::string_view json) {
  if (!json.starts_with('"')) refuse(name, json, "a string");
  return wire::value_text(json);
}

std::optional<std::string> as_optional_string(std::string_view name, std::string_view json) {
  if (json == "null" || json == "\"\"") return std::nullopt;
  return as_string(name, json);
}

std::vector<std::string> as_array(std::string_view name, std::string_view json) {
  if (json == "null") return {};
  if (!json.starts_with('[')) refuse(name, json, "an array");
  return wire::split_array(json);
}

std::vector<std::string> as_strings(std::string_view name, std::string_view json) {
  std::vector<std::string> texts;
  for (const auto& item : as_array(name, json)) texts.push_back(as_string(name, item));
  return texts;
}

std::optional<util::Instant> as_instant(std::string_view name, std::string_view json) {
  const auto text = as_optional_string(name, json);
  if (!text) return std::nullopt;
  const auto instant = time::parse_rfc3339(with_separators(*text));
  if (!instant) refuse(name, json, "a time");
  return instant;
}

std::string_view member(const wire::Members& members, std::string_view name) {
  const auto found = std::ranges::find(members, name, &wire::Members::value_type::first);
  return found == members.end() ? std::string_view("null") : std::string_view(found->second);
}

void check_said(const wire::Members& members, std::string_view name, std::string_view text) {
  if (!text.empty()) return;
  const bool is_there = member(members, name) != "null";
  throw Error(Code::kInvalidValue, std::string(name) + (is_there ? " is blank" : " is missing"));
}

wire::Members as_record(std::string_view json) {
  if (!util::is_utf8(json)) throw Error(Code::kMalformedRequest, "record is not valid UTF-8");
  if (!json.starts_with('{')) throw Error(Code::kMalformedRequest, "record is not a JSON object");
  return wire::members_of(json);
}

}  // namespace taskman::transfer
