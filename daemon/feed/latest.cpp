#include "daemon/feed/latest.hpp"

#include <algorithm>
#include <ranges>
#include <utility>

#include "daemon/feed/selection.hpp"

namespace taskman::feed {
namespace {

constexpr std::int64_t kBatch = 256;
constexpr std::int64_t kMostLookedAt = 20'000;  // entries

}  // namespace

model::Cursor start_of_latest(store::ReadTx& tx, const Selection& selection, std::int64_t count) {
  const store::LogRange range = tx.log_range();
  const std::int64_t lowest = std::max(range.oldest, range.head.rev - kMostLookedAt);
  std::int64_t start = range.head.rev;
  // Revisions have no gaps, so what lies before one can be asked for by number.
  while (start > lowest && count > 0) {
    const std::int64_t before = std::max(lowest, start - kBatch);
    auto batch = tx.log_after(before, start - before);
    for (auto& log : batch | std::views::reverse) {
      Entry entry(std::move(log));
      start = entry.rev() - 1;
      if (selects(selection, entry) && --count == 0) break;
    }
  }
  return tx.cursor_at(start).value_or(range.head);
}

}  // namespace taskman::feed
