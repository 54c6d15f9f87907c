#include "daemon/store/chain.hpp"

#include <cstdint>
#include <string>
#include <string_view>

#include "common/util/hash.hpp"

namespace taskman::store {
namespace {

std::uint64_t add(std::uint64_t hash, std::string_view text) {
  return util::fnv1a(text, util::fnv1a("\x1f", hash));
}

}  // namespace

model::Cursor next_cursor(const model::Cursor& previous, const model::LogEntry& entry) {
  const std::int64_t rev = previous.rev + 1;
  std::uint64_t hash = util::fnv1a(util::to_hex(previous.chain));
  hash = add(hash, std::to_string(rev));
  hash = add(hash, std::to_string(entry.at.time_since_epoch().count()));
  hash = add(hash, entry.actor);
  hash = add(hash, entry.origin);
  return {.rev = rev, .chain = add(hash, entry.changes)};
}

}  // namespace taskman::store
