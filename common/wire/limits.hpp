#pragma once
// The largest bodies of requests: the daemon takes no more, and the command line reads no more.

#include <cstddef>

namespace taskman::wire {

inline constexpr std::size_t kMaxBatch = 16 * 1024 * 1024;    ///< bytes
inline constexpr std::size_t kMaxImport = 128 * 1024 * 1024;  ///< bytes

}  // namespace taskman::wire
