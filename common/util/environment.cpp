#include "common/util/environment.hpp"

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

Environment fixed_environment(std::map<std::string, std::string, std::less<>> values) {
  return [values = std::move(values)](std::string_view name) -> std::optional<std::string> {
    const auto found = values.find(name);
    if (found == values.end()) return std::nullopt;
    return unless_empty(found->second);
  };
}

}  // namespace taskman::util
