#pragma once
// One answer of a poll, gathered out of the log entry by entry.

#include <cstddef>
#include <cstdint>

#include "daemon/feed/entry.hpp"
#include "daemon/feed/subscription.hpp"

namespace taskman::feed {

/// Looks at a bounded part of the log, so an answer may be empty and yet say `more`. `selection`
/// outlives it. One thread.
class Gathering {
 public:
  Gathering(const Selection& selection, std::int64_t limit, const model::Cursor& start);

  bool is_full() const;
  bool is_empty() const { return answer_.frames.empty(); }
  /// After the last entry that was looked at.
  const model::Cursor& cursor() const { return answer_.cursor; }

  /// Takes the entry's frame if it is selected. Entries come in the order of the log.
  void look_at(Entry& entry);

  PollAnswer finish(std::int64_t head) &&;

 private:
  const Selection& selection_;
  const std::int64_t limit_;
  PollAnswer answer_;
  std::int64_t told_;  ///< the revision the reader last heard of
  std::int64_t looked_at_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace taskman::feed
