#include "daemon/maintenance.hpp"

#include <malloc.h>

#include <algorithm>
#include <exception>
#include <string>
#include <utility>

namespace taskman {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::chrono::minutes kFirstPrune{1};

// The wall clock says when a lease ends, and may be set meanwhile: it is looked at again.
constexpr std::chrono::hours kLongestNap{1};
// Whatever the clock says, there is a rest between two looks for leases to end.
constexpr std::chrono::milliseconds kRest{10};
constexpr std::chrono::seconds kRestAfterFailure{5};

}  // namespace

Maintenance::Maintenance(store::Store& store, const time::Clock& clock, MaintenanceOptions options)
    : store_(store), clock_(clock), options_(std::move(options)) {
  // What the run before left may be old by now; a daemon that ends when idle has to get round to
  // it.
  prune_due_ =
      Steady::now() + std::min<std::chrono::milliseconds>(options_.prune_every, kFirstPrune);
  last_commit_ = Steady::now();
  if (options_.idle_exit.count() > 0) exit_due_ = Steady::now() + options_.idle_exit;
  thread_ = std::thread([this] { run(); });
}

Maintenance::~Maintenance() { stop(); }

void Maintenance::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Maintenance::committed() {
  ++commits_;
  if (!unaware_.exchange(false)) return;
  {
    const std::lock_guard lock(mutex_);
    called_ = true;
  }
  wake_.notify_one();
}

void Maintenance::leased(util::Instant end) {
  {
    const std::lock_guard lock(mutex_);
    if (lease_end_ && *lease_end_ <= end) return;
    lease_end_ = end;
    called_ = true;
  }
  wake_.notify_one();
}

void Maintenance::run() {
  for (;;) {
    sleep();
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
    }
    const auto now = Steady::now();
    checkpoint_if_idle(now);
    prune_if_due(now);
    expire_if_due(now);
    exit_if_idle(now);
  }
}

void Maintenance::sleep() {
  std::optional<Instant> due;
  for (const auto& each : {checkpoint_due_, prune_due_, exit_due_, lease_due_}) {
    if (each && (!due || *each < *due)) due = each;
  }
  std::unique_lock lock(mutex_);
  const auto called = [this] { return called_ || stopping_; };
  if (due) {
    wake_.wait_until(lock, *due, called);
  } else {
    wake_.wait(lock, called);
  }
  called_ = false;
}

// Commits call the thread once; from then on it looks by itself until there was none for a while.
void Maintenance::checkpoint_if_idle(Instant now) {
  const std::uint64_t commits = commits_;
  if (std::exchange(commits_seen_, commits) != commits) {
    last_commit_ = now;
    checkpoint_due_ = now + options_.checkpoint_after;
    return;
  }
  if (!checkpoint_due_ || now < *checkpoint_due_) return;
  checkpoint_due_.reset();
  unaware_ = true;
  // One that came in between did not call: it has been told not to.
  if (commits_ != commits) {
    unaware_ = false;
    checkpoint_due_ = now + options_.checkpoint_after;
    return;
  }
  if (!prune_due_) prune_due_ = now + options_.prune_every;
  attempt("checkpoint", [this] {
    if (auto* maintained = dynamic_cast<store::Maintained*>(&store_)) maintained->checkpoint();
  });
  ::malloc_trim(0);
}

void Maintenance::prune_if_due(Instant now) {
  if (!prune_due_ || now < *prune_due_) return;
  prune_due_.reset();
  attempt("pruning of answers", [this] {
    const util::Instant before = clock_.now() - options_.answers_kept;
    store_.write([before](store::WriteTx& tx) { tx.prune_answers(before); });
  });
  attempt("pruning of the log", [this] { prune_log(); });
  // As long as there can be an answer that is not old enough yet.
  if (now - *last_commit_ < options_.answers_kept + options_.prune_every)
    prune_due_ = now + options_.prune_every;
}

// In pieces, between which other writes have their turn.
void Maintenance::prune_log() {
  constexpr std::int64_t kPiece = 500;
  if (options_.keep_changes.keeps_everything()) return;
  for (std::int64_t gone = kPiece; gone == kPiece;) {
    store_.write([&](store::WriteTx& tx) {
      gone = tx.prune_log(options_.keep_changes, clock_.now(), kPiece);
    });
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
  }
}

void Maintenance::exit_if_idle(Instant now) {
  if (!exit_due_ || now < *exit_due_) return;
  const auto visits = options_.visits();
  if (visits && *visits == visits_seen_) {
    exit_due_.reset();
    return options_.exit();
  }
  visits_seen_ = visits.value_or(visits_seen_);
  exit_due_ = now + options_.idle_exit;
}

void Maintenance::expire_if_due(Instant now) {
  lease_due_.reset();
  {
    const std::lock_guard lock(mutex_);
    if (!lease_end_) return;
    const auto left = *lease_end_ - clock_.now();
    const auto nap = std::clamp<std::chrono::milliseconds>(left, {}, kLongestNap);
    lease_due_ = std::max(now + nap, lease_rest_);
    if (*lease_due_ > now) return;
    lease_end_.reset();  // what is told from here on counts again
  }
  lease_due_.reset();
  lease_rest_ = now + kRestAfterFailure;
  std::optional<util::Instant> next = clock_.now();
  attempt("ending of leases", [&] {
    next = options_.expire_leases();
    lease_rest_ = Steady::now() + kRest;
  });
  if (next) leased(*next);
}

void Maintenance::attempt(std::string_view chore, const std::function<void()>& work) const {
  try {
    work();
  } catch (const std::exception& failure) {
    if (options_.log) {
      options_.log({util::LogLevel::kWarning,
                    "a chore failed",
                    {{"chore", std::string(chore)}, {"reason", failure.what()}}});
    }
  }
}

}  // namespace taskman
