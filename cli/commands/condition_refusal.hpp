#pragma once
// How a condition of --for is refused.

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "common/error/error.hpp"
#include "common/util/text.hpp"

namespace taskman::cli {

[[noreturn]] inline void refuse_condition(const std::string& text, std::string hint) {
  throw error::Error(error::Code::kInvalidValue,
                     "--for: '" + util::escape_for_terminal(text) + "' is not a condition",
                     std::move(hint));
}

/// The beginning of a hint; empty without a near word.
inline std::string did_you_mean(std::optional<std::string_view> near) {
  return near ? "did you mean " + std::string(*near) + "? " : "";
}

}  // namespace taskman::cli
