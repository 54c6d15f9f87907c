#pragma once
// By what a receiver knows that a change comes from here.

#include <cstdint>
#include <string>
#include <string_view>

namespace taskman::hooks {

/// `t=<unix seconds>,v1=<hex>`: HMAC-SHA256 by `secret` of the seconds, a dot and the body.
std::string signature(std::string_view secret, std::int64_t seconds, std::string_view body);

}  // namespace taskman::hooks
