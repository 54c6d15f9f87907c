#include "common/wire/idempotency_key.hpp"

#include <algorithm>

#include "common/error/error.hpp"
#include "common/wire/paths.hpp"

namespace taskman::wire {

void check_idempotency_key(std::string_view key) {
  constexpr std::size_t kMost = 255;
  const auto is_visible = [](char c) { return c > ' ' && c <= '~'; };
  if (!key.empty() && key.size() <= kMost && std::ranges::all_of(key, is_visible)) return;
  throw error::Error(error::Code::kInvalidValue, "the idempotency key is not valid",
                     "a key is 1 to 255 visible ASCII characters",
                     {{std::string(kKeyHeader), "not valid"}});
}

}  // namespace taskman::wire
