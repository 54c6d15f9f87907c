#include "common/wire/idempotency_key.hpp"

#include <algorithm>

#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/paths.hpp"

namespace taskman::wire {

void check_idempotency_key(std::string_view key, const std::string& name) {
  constexpr std::size_t kMost = 255;
  const auto is_visible = [](char c) { return c > ' ' && c <= '~'; };
  if (!key.empty() && key.size() <= kMost && std::ranges::all_of(key, is_visible)) return;
  const auto shown = "'" + util::escape_for_terminal(key) + "'";
  throw error::Error(error::Code::kInvalidValue,
                     key.size() > kMost
                         ? name + ": a key of " + std::to_string(key.size()) + " bytes is too long"
                         : name + ": " + shown + " is no idempotency key",
                     "a key is 1 to 255 visible ASCII characters: letters, digits and signs, no "
                     "spaces",
                     {{std::string(kKeyHeader), "not valid"}});
}

}  // namespace taskman::wire
