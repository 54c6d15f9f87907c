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
  shrink_to(max_bytes_);
  return found;
}

void LogCache::read_on(std::int64_t number, Page& page, std::int64_t rev) {
  const std::int64_t first = number * kPageLength + 1;
  // A page that begins in its middle would be asked in vain for what is before.
  if (!page.entries.empty() && rev < page.entries.front()->rev()) return;
  const std::int64_t after = page.entries.empty() ? first - 1 : page.entries.back()->rev();
  std::vector<model::LogEntry> logs;
  store_.read(
      [&](store::ReadTx& tx) { logs = tx.log_after(after, first + kPageLength - 1 - after); });
  for (auto& log : logs) {
    if (page_of(log.cursor.rev) != number) break;
    auto entry = std::make_shared<Entry>(std::move(log));
    page.bytes += entry->weight();
    bytes_ += entry->weight();
    page.entries.push_back(std::move(entry));
  }
}

void LogCache::shrink_to(std::size_t bytes) {
  while (bytes_ > bytes && !pages_.empty()) {
    const auto oldest =
        std::ranges::min_element(pages_, {}, [](const auto& page) { return page.second.used; });
    bytes_ -= oldest->second.bytes;
    pages_.erase(oldest);
  }
}

}  // namespace taskman::feed
