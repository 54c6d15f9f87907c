#include "daemon/feed/entry.hpp"

#include "daemon/feed/stream_text.hpp"

namespace taskman::feed {
namespace {

constexpr std::size_t kMostMade = 4;

}  // namespace

const std::vector<wire::ChangeRef>& Entry::refs() {
  if (!refs_) refs_ = wire::decode_change_refs(log_);
  return *refs_;
}

const std::vector<wire::Subject>& Entry::subjects() {
  if (!subjects_) subjects_ = wire::decode_subjects(log_);
  return *subjects_;
}

Bytes Entry::bytes(Encoding encoding, std::int64_t prev) {
  for (const Made& made : made_) {
    if (made.prev == prev && made.encoding == encoding) return made.bytes;
  }
  auto bytes = std::make_shared<const std::string>(
      change_text(encoding, log_.cursor, wire::encode_frame(log_, prev)));
  // Unfiltered readers all stand at the revision before; filters can make any number of others.
  if (made_.size() < kMostMade || prev == rev() - 1) made_.push_back({encoding, prev, bytes});
  return bytes;
}

Bytes Entry::bytes(Encoding encoding, std::int64_t prev, const wire::Crossing& crossing) const {
  return std::make_shared<const std::string>(
      change_text(encoding, log_.cursor, wire::encode_frame(log_, prev, crossing)));
}

}  // namespace taskman::feed
