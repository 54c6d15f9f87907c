#pragma once
// What this process holds of memory, for tests that bound it.

#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <fstream>

#include "support/sanitizer.hpp"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// Of <sanitizer/allocator_interface.h>, which comes with clang only.
extern "C" std::size_t __sanitizer_get_current_allocated_bytes();
#endif

namespace taskman::test {

/// Of this process, in bytes: what is resident; under a sanitizer what is allocated, without what
/// it keeps of the freed.
inline std::int64_t held_bytes() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return static_cast<std::int64_t>(__sanitizer_get_current_allocated_bytes());
#else
  std::int64_t size = 0;
  std::int64_t pages = 0;
  std::ifstream("/proc/self/statm") >> size >> pages;
  return pages * ::sysconf(_SC_PAGESIZE);
#endif
}

}  // namespace taskman::test
