#pragma once
// What became of the leases of one task. A claim that is over leaves nothing: what it moved was
// brought back by its end, so neither stands in the way of anybody, nor can be taken back.

#include <cstdint>
#include <map>

#include "common/model/changeset.hpp"
#include "common/wire/log.hpp"
#include "daemon/store/store.hpp"

namespace taskman::service {

/// Fed with the changes of the task in their order, from any revision on. One thread.
class LeaseStory {
 public:
  /// The next change, whether or not it was taken back since: what took it back is one, too.
  void add(store::ReadTx& tx, const model::LogEntry& entry, const wire::Frame::Item& item);

  /// The lease of this token was given back, ran out, or went to another. Not while the task is
  /// closed or gone that it was for: with that it may come back.
  bool is_over(std::int64_t token) const;

 private:
  enum class Fate { kHeld, kClosed, kOver };

  std::int64_t first_token(std::int64_t token) const;
  void give(store::ReadTx& tx, const model::LogEntry& entry, const wire::Frame::Item& item);

  std::map<std::int64_t, Fate> fates_;          ///< by the first token
  std::map<std::int64_t, std::int64_t> first_;  ///< of a lease that an undo brought back
};

}  // namespace taskman::service
