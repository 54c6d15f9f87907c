#pragma once
// FNV-1a, 64 bits: chains the change log, names sockets, digests request bodies. Not for secrets.

#include <cstdint>
#include <string>
#include <string_view>

namespace taskman::util {

inline constexpr std::uint64_t kFnvOffset = 14695981039346656037ULL;

/// Continues `seed` over `bytes`.
constexpr std::uint64_t fnv1a(std::string_view bytes, std::uint64_t seed = kFnvOffset) {
  for (const char byte : bytes) {
    seed ^= static_cast<unsigned char>(byte);
    seed *= 1099511628211ULL;
  }
  return seed;
}

/// 16 lower-case hex digits.
std::string to_hex(std::uint64_t value);

}  // namespace taskman::util
