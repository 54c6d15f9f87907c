#pragma once
// The part of the log that readers are at: read once, shared by all of them.

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "daemon/feed/entry.hpp"
#include "daemon/store/store.hpp"

namespace taskman::feed {

/// Pages of consecutive entries, the least recently used go first; the one in use stays, whatever
/// it takes. Owned by the hub, used on its thread.
class LogCache {
 public:
  LogCache(store::Store& store, std::size_t max_bytes) : store_(store), max_bytes_(max_bytes) {}

  /// The entry of `rev`, from memory or with its neighbours from the store; null when there is none
  /// (pruned). Throws what the store throws. Precondition: 1 <= rev <= head.
  std::shared_ptr<Entry> find(std::int64_t rev);

  /// Forgets pages until at most `bytes` are held.
  void shrink_to(std::size_t bytes);

  std::size_t bytes() const { return bytes_; }

 private:
  struct Page {
    std::vector<std::shared_ptr<Entry>> entries;  ///< consecutive
    std::size_t bytes = 0;
    std::uint64_t used = 0;
  };
  void forget_oldest();
  void read_on(std::int64_t number, Page& page, std::int64_t rev);

  store::Store& store_;
  const std::size_t max_bytes_;
  std::map<std::int64_t, Page> pages_;
  std::size_t bytes_ = 0;
  std::uint64_t uses_ = 0;
};

}  // namespace taskman::feed
