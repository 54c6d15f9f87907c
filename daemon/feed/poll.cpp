#include "daemon/feed/poll.hpp"

#include <algorithm>

#include "common/wire/json.hpp"
#include "daemon/feed/entry.hpp"
#include "daemon/feed/latest.hpp"
#include "daemon/feed/position.hpp"
#include "daemon/feed/selection.hpp"

namespace taskman::feed {
namespace {

constexpr std::int64_t kBatch = 256;
constexpr std::int64_t kMostLookedAt = 20'000;  // entries: a filter that matches nothing ends too
constexpr std::size_t kMostBytes = 8 * 1024 * 1024;  // one frame may pass it

model::Cursor start_of(store::ReadTx& tx, const PollRequest& request) {
  if (request.latest) return start_of_latest(tx, request.selection, *request.latest);
  if (!request.since) {
    const store::LogRange range = tx.log_range();
    return tx.cursor_at(range.oldest).value_or(range.head);
  }
  const Position position = locate(tx, *request.since);
  if (position.gone) throw gone_error(position, *request.since);
  return position.cursor;
}

// Gathers an answer out of batches.
class Gathering {
 public:
  Gathering(const PollRequest& request, model::Cursor start) : request_(request), told_(start.rev) {
    answer_.cursor = start;
  }

  bool is_full() const {
    return std::ssize(answer_.frames) >= request_.limit || looked_at_ >= kMostLookedAt ||
           bytes_ >= kMostBytes;
  }

  void look_at(model::LogEntry log) {
    Entry entry(std::move(log));
    ++looked_at_;
    answer_.cursor = entry.log().cursor;
    if (!selects(request_.selection, entry)) return;
    answer_.frames.push_back(wire::encode_frame(entry.log(), told_));
    bytes_ += answer_.frames.back().size();
    told_ = entry.rev();
  }

  const model::Cursor& cursor() const { return answer_.cursor; }
  PollAnswer finish(const model::Cursor& head) && {
    answer_.more = answer_.cursor.rev < head.rev;
    return std::move(answer_);
  }

 private:
  const PollRequest& request_;
  PollAnswer answer_;
  std::int64_t told_;
  std::int64_t looked_at_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace

PollAnswer poll(store::ReadTx& tx, const PollRequest& request) {
  Gathering gathering(request, start_of(tx, request));
  const model::Cursor head = tx.log_range().head;
  while (!gathering.is_full() && gathering.cursor().rev < head.rev) {
    auto batch = tx.log_after(gathering.cursor().rev, std::min(kBatch, request.limit));
    if (batch.empty()) break;
    for (auto& log : batch) {
      if (gathering.is_full()) break;
      gathering.look_at(std::move(log));
    }
  }
  return std::move(gathering).finish(head);
}

}  // namespace taskman::feed
