#pragma once

#include <string_view>

namespace taskman::wire {

/// What Idempotency-Key may hold: 1 to 255 visible ASCII characters. Throws kInvalidValue: by the
/// daemon for what came, by the client before it is put into a request's head. Thread-safe.
void check_idempotency_key(std::string_view key);

}  // namespace taskman::wire
