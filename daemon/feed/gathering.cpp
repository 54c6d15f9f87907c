#include "daemon/feed/gathering.hpp"

#include <iterator>
#include <utility>

#include "common/wire/log.hpp"
#include "daemon/feed/selection.hpp"

namespace taskman::feed {
namespace {

constexpr std::int64_t kMostLookedAt = 20'000;  // entries: a filter that matches nothing ends too
constexpr std::size_t kMostBytes = 8 * 1024 * 1024;  // one frame may pass it

}  // namespace

Gathering::Gathering(const Selection& selection, std::int64_t limit, const model::Cursor& start)
    : selection_(selection), limit_(limit), told_(start.rev) {
  answer_.cursor = start;
}

bool Gathering::is_full() const {
  return std::ssize(answer_.frames) >= limit_ || looked_at_ >= kMostLookedAt ||
         bytes_ >= kMostBytes;
}

void Gathering::look_at(Entry& entry) {
  ++looked_at_;
  answer_.cursor = entry.log().cursor;
  if (!selects(selection_, entry)) return;
  answer_.frames.push_back(wire::encode_frame(entry.log(), told_, crossing(selection_, entry)));
  bytes_ += answer_.frames.back().size();
  told_ = entry.rev();
}

PollAnswer Gathering::finish(std::int64_t head) && {
  answer_.more = answer_.cursor.rev < head;
  return std::move(answer_);
}

}  // namespace taskman::feed
