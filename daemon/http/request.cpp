#include "daemon/http/request.hpp"

#include <fmt/core.h>

#include "common/error/error.hpp"

namespace taskman::http {

std::optional<std::string> Request::header(std::string_view name) const {
  const auto found = headers.find(name);
  if (found == headers.end()) return std::nullopt;
  return found->second;
}

std::optional<std::string> Request::param(std::string_view name) const {
  const auto [first, last] = query.equal_range(name);
  if (first == last) return std::nullopt;
  if (std::next(first) != last) {
    throw error::Error(error::Code::kInvalidValue,
                       fmt::format("parameter {} is given more than once", name), "give it once");
  }
  return first->second;
}

}  // namespace taskman::http
