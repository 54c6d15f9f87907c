#include "common/util/random.hpp"

#include <sys/random.h>

#include <cerrno>
#include <system_error>

#include "common/util/hash.hpp"

namespace taskman::util {

std::string Random::token() {
  const std::uint64_t high = next();
  return to_hex(high) + to_hex(next());
}

std::uint64_t SystemRandom::next() {
  std::uint64_t value = 0;
  // Eight bytes are never given in part; only the wait for the pool at boot can be interrupted.
  while (::getrandom(&value, sizeof value, 0) != static_cast<ssize_t>(sizeof value)) {
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "getrandom");
  }
  return value;
}

}  // namespace taskman::util
