#include "daemon/store/sqlite/committer.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "daemon/store/sqlite/transaction.hpp"

namespace taskman::store::sqlite {
namespace {

using error::Code;
using error::Error;

/// Copying takes as long as some hundred commits, and they wait: 128 MiB of log make that rare. A
/// daemon that has nothing to do copies before (daemon/maintenance.cpp).
constexpr int kTidyPages = 32'000;

int count_pages(void* pages, sqlite3*, const char*, int in_log) {
  *static_cast<int*>(pages) = in_log;
  return SQLITE_OK;
}

std::vector<Job*> writes_among(const std::vector<Job*>& jobs) {
  std::vector<Job*> writes;
  std::ranges::copy_if(jobs, std::back_inserter(writes),
                       [](const Job* job) { return job->change != nullptr; });
  return writes;
}

}  // namespace

Committer::Committer(std::unique_ptr<Connection> connection, Identity identity,
                     const Options& options, Published& published)
    : connection_(std::move(connection)),
      identity_(std::move(identity)),
      options_(options),
      published_(published),
      head_(published.head.with([](const model::Cursor& head) { return head; })) {
  sqlite3_wal_hook(connection_->handle(), count_pages, &wal_pages_);
}

void Committer::run(const std::vector<Job*>& batch) {
  std::vector<Job*> jobs = writes_among(batch);
  if (jobs.empty()) return;
  const model::Cursor before = head_;
  try {
    run_transaction(jobs);
  } catch (const Error& lost) {
    // Nothing of this batch was kept: a job that failed by itself keeps its own reason.
    roll_back();
    head_ = before;
    for (Job* job : jobs) {
      if (job->failure == nullptr) job->failure = std::make_exception_ptr(lost);
    }
    return;
  }
  published_.transactions.fetch_add(std::ranges::count(jobs, nullptr, &Job::failure),
                                    std::memory_order_relaxed);
  if (head_ != before) {
    published_.head.with([&](model::Cursor& head) { head = head_; });
    if (options_.committed) options_.committed(head_);
  }
}

void Committer::run_transaction(std::vector<Job*>& jobs) {
  if (stopped_) throw Error(*stopped_);
  connection_->clear_trouble();
  try {
    identity_.check();
  } catch (const Error& moved) {
    leave_no_log();
    stop_for_good(moved);
  }
  const model::Cursor before = head_;
  connection_->query("BEGIN IMMEDIATE").run();
  if (!run_plainly(jobs)) {
    connection_->query("ROLLBACK").run();
    head_ = before;
    connection_->query("BEGIN IMMEDIATE").run();
    for (Job* job : jobs) run_in_savepoint(*job);
  }
  commit();
}

/// What was acknowledged goes into the file it belongs to, which is still open, wherever it is now.
/// A log left under the old name would be taken for the log of whatever file has that name next.
void Committer::leave_no_log() {
  sqlite3_wal_checkpoint_v2(connection_->handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr,
                            nullptr);
}

/// Nearly every job succeeds, or fails before it wrote anything, and a savepoint copies each page
/// that is written. So there is none at first. False when a job failed half-way: then all is to be
/// undone.
bool Committer::run_plainly(std::vector<Job*>& jobs) {
  for (Job* job : jobs) {
    if (job->commit == Commit::kDryRun) {
      run_in_savepoint(*job);
      continue;
    }
    const std::int64_t changes = connection_->changes();
    run_change(*job);
    if (job->failure != nullptr && connection_->changes() != changes) return false;
  }
  return true;
}

void Committer::run_in_savepoint(Job& job) {
  const model::Cursor before = head_;
  connection_->query("SAVEPOINT job").run();
  run_change(job);
  if (job.failure != nullptr || job.commit == Commit::kDryRun) {
    connection_->query("ROLLBACK TO job").run();
    job.head = head_ = before;
  }
  connection_->query("RELEASE job").run();
}

/// Throws only when the whole transaction is lost.
void Committer::run_change(Job& job) {
  job.failure = nullptr;
  try {
    Changes changes(*connection_, *options_.clock, head_);
    (*job.change)(changes);
  } catch (...) {
    job.failure = std::current_exception();
  }
  job.head = head_;
  const Trouble trouble = connection_->trouble();
  if (!ends_transaction(trouble) && connection_->in_transaction()) return;
  const bool full = trouble == Trouble::kFull;
  const StorageFailure lost(trouble, full ? Code::kDiskFull : Code::kStorageUnavailable,
                            full ? "the disk is full" : "the database could not be read or written",
                            "nothing of this change was kept; try again");
  if (trouble == Trouble::kCorrupt) stop_for_good(lost);
  throw lost;
}

void Committer::commit() {
  try {
    connection_->query("COMMIT").run();
  } catch (const StorageFailure& failure) {
    // Without room the frame that commits was not written, so the answer is a clear no. Any other
    // trouble leaves the outcome open: only recovery at the next start knows.
    if (failure.trouble() == Trouble::kFull || failure.trouble() == Trouble::kBusy) throw;
    stop_for_good(Error(Code::kOutcomeUnknown, "the commit failed: " + failure.message(),
                        "send it again with the same idempotency key: it is done once"));
  }
  published_.commits.fetch_add(1, std::memory_order_relaxed);
}

void Committer::roll_back() noexcept {
  if (!connection_->in_transaction()) return;
  try {
    connection_->query("ROLLBACK").run();
  } catch (...) {
    // What cannot be rolled back must not be built upon.
    if (!stopped_)
      stopped_ = Error(Code::kStorageUnavailable, "a failed write could not be rolled back", {});
  }
}

void Committer::stop_for_good(const Error& reason) {
  stopped_ =
      Error(Code::kStorageUnavailable, "writing has stopped: " + reason.message(), reason.hint());
  if (options_.failed) options_.failed(reason.message());
  throw Error(reason);
}

void Committer::run_chores(const std::vector<Job*>& jobs) {
  for (Job* job : jobs) {
    if (job->chore == nullptr) continue;
    try {
      if (stopped_) throw Error(*stopped_);
      (*job->chore)(*connection_);
    } catch (...) {
      job->failure = std::current_exception();
    }
  }
}

bool Committer::is_untidy() const { return !stopped_ && wal_pages_ >= kTidyPages; }

void Committer::tidy() {
  if (!is_untidy()) return;
  // What a reader still needs stays in the log; the next commit tries again.
  int left = 0;
  sqlite3_wal_checkpoint_v2(connection_->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr,
                            &left);
  wal_pages_ = 0;
}

bool Committer::close() {
  if (stopped_) {
    sqlite3_db_config(connection_->handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    connection_.reset();
    return false;
  }
  const int result = sqlite3_wal_checkpoint_v2(connection_->handle(), nullptr,
                                               SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  connection_.reset();
  return result == SQLITE_OK;
}

}  // namespace taskman::store::sqlite
