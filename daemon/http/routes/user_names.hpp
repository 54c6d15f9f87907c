#pragma once

#include <cstdint>
#include <string>

namespace taskman::http {

/// The login name of `uid`, its number when it has none. Looked up once per user; thread-safe.
std::string user_name(std::uint32_t uid);

}  // namespace taskman::http
