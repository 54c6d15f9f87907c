#include "daemon/feed/poll.hpp"

#include <algorithm>

#include "daemon/feed/entry.hpp"
#include "daemon/feed/gathering.hpp"
#include "daemon/feed/latest.hpp"
#include "daemon/feed/position.hpp"

namespace taskman::feed {
namespace {

constexpr std::int64_t kBatch = 256;

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

}  // namespace

PollAnswer poll(store::ReadTx& tx, const PollRequest& request) {
  Gathering gathering(request.selection, request.limit, start_of(tx, request));
  const model::Cursor head = tx.log_range().head;
  while (!gathering.is_full() && gathering.cursor().rev < head.rev) {
    auto batch = tx.log_after(gathering.cursor().rev, std::min(kBatch, request.limit));
    if (batch.empty()) break;
    for (auto& log : batch) {
      if (gathering.is_full()) break;
      Entry entry(std::move(log));
      gathering.look_at(entry);
    }
  }
  return std::move(gathering).finish(head.rev);
}

}  // namespace taskman::feed
