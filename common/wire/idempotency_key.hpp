#pragma once

#include <string>
#include <string_view>

#include "common/wire/paths.hpp"

namespace taskman::wire {

/// What Idempotency-Key may hold: 1 to 255 visible ASCII characters. Throws kInvalidValue naming
/// the key and `name`, where it was given: by the
/// daemon for what came, by the client before it is put into a request's head. Thread-safe.
void check_idempotency_key(std::string_view key, const std::string& name = std::string(kKeyHeader));

}  // namespace taskman::wire
