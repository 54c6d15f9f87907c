// What texts each type of setting takes.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "common/config/paths.hpp"
#include "common/config/settings.hpp"
#include "common/config/url.hpp"
#include "common/error/error.hpp"
#include "common/model/task.hpp"
#include "common/time/text.hpp"
#include "common/util/text.hpp"

namespace taskman::config {
namespace {

[[noreturn]] void refuse(const Setting& setting, std::string_view text, std::string_view hint) {
  const std::string shown =
      setting.secrecy == Secrecy::kSecret ? "(hidden)" : util::escape_for_terminal(text);
  throw error::Error(error::Code::kInvalidValue,
                     fmt::format("{} cannot be '{}'", setting.name, shown), std::string(hint));
}

std::string check_switch(const Setting& setting, std::string_view text) {
  static constexpr std::array<std::string_view, 4> kOn{"true", "1", "yes", "on"};
  static constexpr std::array<std::string_view, 4> kOff{"false", "0", "no", "off"};
  const auto same = [&](std::string_view word) { return util::equals_ignoring_case(word, text); };
  if (std::ranges::any_of(kOn, same)) return "true";
  if (std::ranges::any_of(kOff, same)) return "false";
  refuse(setting, text, "write true or false");
}

std::string check_choice(const Setting& setting, std::string_view text) {
  const std::string word = util::to_lower(text);
  if (std::ranges::find(setting.choices, word) != setting.choices.end()) return word;
  const auto near = util::suggest(word, setting.choices);
  refuse(setting, text,
         fmt::format("{}known: {}", near ? fmt::format("did you mean {}? ", *near) : "",
                     fmt::join(setting.choices, ", ")));
}

std::string check_number(const Setting& setting, std::string_view text) {
  constexpr long long kMost = 1'000'000;
  const auto number = util::parse_integer(text);
  if (number && *number >= 1 && *number <= kMost) return std::to_string(*number);
  refuse(setting, text, fmt::format("write a number from 1 to {}", kMost));
}

std::string check_duration(const Setting& setting, std::string_view text) {
  const auto given = time::parse_duration(text);
  if (!given) refuse(setting, text, "write 500ms, 30s, 10m or 1h30m");
  if (!setting.least.empty() && *given < *time::parse_duration(setting.least))
    refuse(setting, text, fmt::format("the shortest is {}", setting.least));
  return std::string(text);
}

std::string check_retention(const Setting& setting, std::string_view text) {
  if (parse_retention(text)) return std::string(text);
  refuse(setting, text, "write all, 90d, 1000000 or 90d,1000000");
}

/// What `@me` stands for must be good for an assignee.
void check_actor(const Setting& setting, std::string_view text) {
  if (text.find_first_of(", ") != text.npos)
    refuse(setting, text, "write it without spaces and commas, such as ann.smith");
  if (text == model::kMe) refuse(setting, text, "it stands for this name");
}

std::string check_text(const Setting& setting, std::string_view text) {
  if (!util::is_utf8(text) || util::find_control(text)) {
    refuse(setting, text, "control characters and invalid UTF-8 are not possible");
  }
  if (setting.key == Key::kActor) check_actor(setting, text);
  return std::string(text);
}

}  // namespace

std::optional<model::Retention> parse_retention(std::string_view text) {
  model::Retention keep;
  if (text == "all") return keep;
  const auto comma = text.find(',');
  for (const auto part :
       {text.substr(0, comma), comma == text.npos ? "" : text.substr(comma + 1)}) {
    if (part.empty() && comma == text.npos && !keep.keeps_everything()) continue;
    const auto entries = util::parse_integer(part);
    const auto age = time::parse_duration(part);
    if (entries && *entries >= 1 && !keep.entries) {
      keep.entries = *entries;
    } else if (!entries && age && age->count() > 0 && !keep.age) {
      keep.age = *age;
    } else {
      return std::nullopt;
    }
  }
  return keep;
}

std::string checked(const Setting& setting, std::string_view text) {
  // What can be unset can be unset again by a nearer file.
  if (text.empty() && setting.standard.empty()) return {};
  switch (setting.type) {
    case Type::kSwitch:
      return check_switch(setting, text);
    case Type::kChoice:
      return check_choice(setting, text);
    case Type::kNumber:
      return check_number(setting, text);
    case Type::kDuration:
      return check_duration(setting, text);
    case Type::kRetention:
      return check_retention(setting, text);
    case Type::kUrl:
      return to_text(parse_url(text));
    case Type::kText:
    case Type::kPath:
      return check_text(setting, text);
  }
  refuse(setting, text, "its type is not known");
}

std::string located(const Setting& setting, const std::string& text, const std::string& folder) {
  if (setting.type == Type::kPath) return path_within(folder, text);
  if (setting.type != Type::kUrl || text.empty()) return text;
  Url url = parse_url(text);
  if (url.port != 0) return text;
  url.path = path_within(folder, std::move(url.path));
  return to_text(url);
}

}  // namespace taskman::config
