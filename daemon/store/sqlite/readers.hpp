#pragma once
// A few read-only connections, opened when first needed and kept. Thread-safe.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "common/time/clock.hpp"
#include "daemon/store/sqlite/connection.hpp"
#include "daemon/store/sqlite/files.hpp"
#include "daemon/store/store.hpp"

namespace taskman::store::sqlite {

class Readers {
 public:
  Readers(std::string path, Identity identity, const time::Clock& clock,
          std::atomic<std::int64_t>& statements);

  /// Runs `use` on one snapshot. Waits when all connections are in use. Throws kTimeout when its
  /// SQL runs past the deadline of `extent`.
  void read(Extent extent, const std::function<void(ReadTx&)>& use);

 private:
  class Lease;

  void read_until(std::chrono::seconds allowed, const std::function<void(ReadTx&)>& use);
  std::unique_ptr<Connection> take();
  std::unique_ptr<Connection> open() const;
  void give_back(std::unique_ptr<Connection> connection);

  const std::string path_;
  const Identity identity_;  ///< a connection opened later must be to the same file
  const time::Clock& clock_;
  std::atomic<std::int64_t>& statements_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> idle_;  ///< guarded by mutex_
  int open_ = 0;                                   ///< guarded by mutex_
};

}  // namespace taskman::store::sqlite
