#include "soak/ledger.hpp"

#include "common/wire/log.hpp"

namespace taskman::test {

std::string Ledger::take(std::int64_t stands, std::string_view frame) {
  const auto index = static_cast<std::size_t>(stands - start_.rev);
  if (index < frames_.size() && frames_[index] == frame) return {};
  const wire::Frame got = wire::decode_frame(frame);
  const std::string which =
      std::to_string(got.cursor.rev) + " came to a reader at " + std::to_string(stands);
  if (got.cursor.rev > stands + 1) return "a gap: " + which;
  if (got.cursor.rev <= stands) return "a double: " + which;
  if (got.prev != stands) return "prev " + std::to_string(got.prev) + ": " + which;
  if (index < frames_.size()) return "other bytes than another reader got: " + std::string(frame);
  frames_.emplace_back(frame);
  cursors_.push_back(model::to_string(got.cursor));
  return {};
}

std::string Ledger::compare(const std::vector<std::string>& log) const {
  if (log.size() != frames_.size()) {
    return "the log has " + std::to_string(log.size()) + " frames, readers got " +
           std::to_string(frames_.size());
  }
  for (std::size_t i = 0; i < log.size(); ++i) {
    if (log[i] != frames_[i]) return "the log says " + log[i] + ", readers got " + frames_[i];
  }
  return {};
}

}  // namespace taskman::test
