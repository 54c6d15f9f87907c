#include "common/util/hash.hpp"

#include <fmt/format.h>

namespace taskman::util {

std::string to_hex(std::uint64_t value) { return fmt::format("{:016x}", value); }

}  // namespace taskman::util
