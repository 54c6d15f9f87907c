#include "daemon/store/sqlite/readers.hpp"

#include <fmt/core.h>
#include <sqlite3.h>

#include <chrono>
#include <utility>

#include "daemon/store/sqlite/transaction.hpp"

namespace taskman::store::sqlite {
namespace {

constexpr int kMaxConnections = 8;
/// Steps of SQLite's machine between two looks at the clock: some tens of microseconds.
constexpr int kStepsBetweenLooks = 4000;

std::chrono::seconds allowed(Extent extent) {
  return std::chrono::seconds{extent == Extent::kWhole ? 30 : 5};
}

/// Interrupts SQL that runs past the deadline, for as long as it lives.
class Deadline {
 public:
  Deadline(sqlite3* db, const time::Clock& clock, std::chrono::seconds allowed)
      : db_(db), clock_(clock), end_(clock.steady() + allowed) {
    sqlite3_progress_handler(db_, kStepsBetweenLooks, &Deadline::passed, this);
  }
  ~Deadline() { sqlite3_progress_handler(db_, 0, nullptr, nullptr); }
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;

 private:
  static int passed(void* self) {
    const auto& deadline = *static_cast<const Deadline*>(self);
    return deadline.clock_.steady() > deadline.end_ ? 1 : 0;
  }

  sqlite3* db_;
  const time::Clock& clock_;
  std::chrono::steady_clock::time_point end_;
};

/// A read transaction is always given back, also when its SQL was interrupted.
class SnapshotScope {
 public:
  explicit SnapshotScope(Connection& connection) : connection_(connection) {
    connection_.query("BEGIN").run();
    // The snapshot is taken by the first read; let that be now.
    connection_.query("SELECT 1 FROM meta LIMIT 1").run();
  }
  ~SnapshotScope() {
    try {
      if (connection_.in_transaction()) connection_.query("COMMIT").run();
    } catch (const error::Error&) {
      // The connection is thrown away, see Lease.
    }
  }
  SnapshotScope(const SnapshotScope&) = delete;
  SnapshotScope& operator=(const SnapshotScope&) = delete;

 private:
  Connection& connection_;
};

}  // namespace

/// A connection on loan. One that is still inside a transaction is not given back.
class Readers::Lease {
 public:
  explicit Lease(Readers& readers) : readers_(readers), connection_(readers.take()) {}
  ~Lease() {
    if (connection_->in_transaction() || connection_->trouble() != Trouble::kNone)
      connection_.reset();
    readers_.give_back(std::move(connection_));
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  Connection& connection() { return *connection_; }

 private:
  Readers& readers_;
  std::unique_ptr<Connection> connection_;
};

Readers::Readers(std::string path, Identity identity, const time::Clock& clock,
                 std::atomic<std::int64_t>& statements)
    : path_(std::move(path)),
      identity_(std::move(identity)),
      clock_(clock),
      statements_(statements) {}

void Readers::read(Extent extent, const std::function<void(ReadTx&)>& use) {
  try {
    read_until(allowed(extent), use);
  } catch (const StorageFailure& failure) {
    if (failure.trouble() != Trouble::kInterrupted) throw;
    throw StorageFailure(Trouble::kInterrupted, failure.code(),
                         fmt::format("reading took longer than {} s", allowed(extent).count()),
                         failure.hint());
  }
}

void Readers::read_until(std::chrono::seconds allowed, const std::function<void(ReadTx&)>& use) {
  identity_.check();  // a connection that is open reads on in a file that was moved away
  Lease lease(*this);
  const Deadline deadline(lease.connection().handle(), clock_, allowed);
  const SnapshotScope scope(lease.connection());
  Snapshot snapshot(lease.connection(), clock_);
  use(snapshot);
}

std::unique_ptr<Connection> Readers::take() {
  {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [&] { return !idle_.empty() || open_ < kMaxConnections; });
    if (!idle_.empty()) {
      auto connection = std::move(idle_.back());
      idle_.pop_back();
      return connection;
    }
    ++open_;
  }
  try {
    return open();
  } catch (...) {
    give_back(nullptr);
    throw;
  }
}

std::unique_ptr<Connection> Readers::open() const {
  identity_.check();
  auto connection = std::make_unique<Connection>(path_, Access::kReadOnly, statements_);
  connection->execute(
      "PRAGMA mmap_size = 0; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -2048");
  identity_.check();
  return connection;
}

void Readers::give_back(std::unique_ptr<Connection> connection) {
  {
    const std::lock_guard lock(mutex_);
    if (connection == nullptr) {
      --open_;
    } else {
      idle_.push_back(std::move(connection));
    }
  }
  returned_.notify_one();
}

}  // namespace taskman::store::sqlite
