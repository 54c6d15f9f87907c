#include "common/util/environment.hpp"

#include <unistd.h>

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

std::vector<std::string> environment_with(
    std::span<const std::pair<std::string, std::string>> changes) {
  std::map<std::string, std::string> values;
  for (char** line = environ; *line != nullptr; ++line) {
    const std::string_view text(*line);
    const auto end = text.find('=');
    if (end != std::string_view::npos) values.emplace(text.substr(0, end), text.substr(end + 1));
  }
  for (const auto& [name, value] : changes) values[name] = value;
  std::vector<std::string> lines;
  for (const auto& [name, value] : values) {
    if (!value.empty()) lines.push_back(name + "=" + value);
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
