#include "daemon/feed/log_cache.hpp"

#include <algorithm>
#include <utility>

namespace taskman::feed {
namespace {

constexpr std::int64_t kPageLength = 32;

std::int64_t page_of(std::int64_t rev) { return (rev - 1) / kPageLength; }

template <typename Entries>
std::shared_ptr<Entry> find_in(const Entries& entries, std::int64_t rev) {
  if (entries.empty() || rev < entries.front()->rev()) return nullptr;
  const auto index = static_cast<std::size_t>(rev - entries.front()->rev());
  return index < entries.size() ? entries[index] : nullptr;
}

}  // namespace

std::shared_ptr<Entry> LogCache::find(std::int64_t rev) {
  const std::int64_t number = page_of(rev);
  Page& page = pages_[number];
  page.used = ++uses_;
  if (auto known = find_in(page.entries, rev)) return known;
  read_on(number, page, rev);
  auto found = find_in(page.entries, rev);
  // Not the page itself, however large: all other readers are about to ask for it too.
  while (bytes_ > max_bytes_ && pages_.size() > 1) forget_oldest();
  return found;
}

void LogCache::read_on(std::int64_t number, Page& page, std::int64_t rev) {
  // From the entry that is asked for: what is before it in the page may be an import of a hundred
  // megabytes. Who is farther behind makes the page begin there.
  if (!page.entries.empty() && rev < page.entries.front()->rev()) {
    bytes_ -= std::exchange(page.bytes, 0);
    page.entries.clear();
  }
  const std::int64_t after = page.entries.empty() ? rev - 1 : page.entries.back()->rev();
  const std::int64_t last = (number + 1) * kPageLength;
  std::vector<model::LogEntry> logs;
  store_.read([&](store::ReadTx& tx) { logs = tx.log_after(after, last - after); });
  for (auto& log : logs) {
    if (page_of(log.cursor.rev) != number) break;
    auto entry = std::make_shared<Entry>(std::move(log));
    page.bytes += entry->weight();
    bytes_ += entry->weight();
    page.entries.push_back(std::move(entry));
  }
}

void LogCache::shrink_to(std::size_t bytes) {
  while (bytes_ > bytes && !pages_.empty()) forget_oldest();
}

void LogCache::forget_oldest() {
  const auto oldest =
      std::ranges::min_element(pages_, {}, [](const auto& page) { return page.second.used; });
  bytes_ -= oldest->second.bytes;
  pages_.erase(oldest);
}

}  // namespace taskman::feed
