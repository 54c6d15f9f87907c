#include "common/util/environment.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace taskman::util {
namespace {

std::optional<std::string> unless_empty(std::string value) {
  if (value.empty()) return std::nullopt;
  return value;
}

}  // namespace

Environment system_environment() {
  return [](std::string_view name) -> std::optional<std::string> {
    const char* const value = std::getenv(std::string(name).c_str());
    if (value == nullptr) return std::nullopt;
    return unless_empty(value);
  };
}

std::vector<std::string> environment_of(std::span<const std::string_view> names) {
  std::vector<std::string> lines;
  for (char** line = environ; *line != nullptr; ++line) {
    const std::string_view text(*line);
    const auto name = text.substr(0, text.find('='));
    const bool is_wanted = std::ranges::any_of(names, [name](std::string_view each) {
      return each.ends_with('*') ? name.starts_with(each.substr(0, each.size() - 1)) : name == each;
    });
    if (is_wanted) lines.emplace_back(text);
  }
  return lines;
}

Environment fixed_environment(std::map<std::string, std::string, std::less<>> values) {
  return [values = std::move(values)](std::string_view name) -> std::optional<std::string> {
    const auto found = values.find(name);
    if (found == values.end()) return std::nullopt;
    return unless_empty(found->second);
  };
}

}  // namespace taskman::util
