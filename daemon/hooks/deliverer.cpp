#include "daemon/hooks/deliverer.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include "daemon/hooks/backoff.hpp"

namespace taskman::hooks {
namespace {

constexpr std::size_t kAtOnce = 32;  // attempts under way
constexpr std::size_t kCacheBytes = 1'000'000;
constexpr int kLooksPerTurn = 64;
constexpr std::int64_t kUnsaved = 1000;  // revisions looked at in vain that a restart may repeat
constexpr std::chrono::milliseconds kEndWithin{800};
constexpr std::chrono::milliseconds kSoon{5};  // a killed daemon's commands take about so long
constexpr std::chrono::milliseconds kLater{1000};

}  // namespace

Deliverer::Deliverer(const service::Base& base, util::Random& random, DelivererOptions options)
    : base_(base),
      random_(random),
      options_(std::move(options)),
      log_(base.store, kCacheBytes),
      walk_(base_, log_),
      poster_(loop_, base.clock, options_.post),
      lock_(options_.lock) {
  bool is_needed = false;
  base_.store.read([&](store::ReadTx& tx) { is_needed = !tx.hooks().empty(); });
  if (is_needed) changed();
}

Deliverer::~Deliverer() { stop(); }

void Deliverer::wake() {
  if (!started_ || woken_.exchange(true)) return;
  loop_.post([this] {
    woken_ = false;
    for (auto& [id, course] : courses_) {
      if (course.is_idle()) make_ready(course);
    }
    recount();
  });
}

void Deliverer::changed() {
  const std::lock_guard lock(mutex_);
  if (stopped_) return;
  if (!thread_.joinable()) thread_ = std::thread([this] { loop_.run(); });
  started_ = true;
  loop_.post([this] { read_hooks(); });
}

void Deliverer::stop() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  if (!thread_.joinable()) return;
  loop_.post([this] { finish(); });
  thread_.join();
}

/// Saves what was done, asks what runs to end, waits for it a little.
void Deliverer::finish() {
  finishing_ = true;
  for (auto& [id, course] : courses_) {
    if (course.rev > course.hook.progress.rev) {
      course.hook.progress.rev = course.rev;
      save_progress(course);
    }
    if (course.attempt) course.attempt->end();
  }
  save();
  loop_.call_after(kEndWithin, [this] { loop_.stop(); });
  if (running_ == 0) loop_.stop();
}

/// Not while commands of a daemon that was killed still end: what comes first is what they were
/// doing, and it would run beside itself.
bool Deliverer::may_begin() {
  const auto obstacle = lock_.take();
  if (!obstacle) return true;
  if (lock_wait_.count() == 0 && options_.log)
    options_.log({util::LogLevel::kWarning, "hooks have to wait", {{"reason", *obstacle}}});
  lock_wait_ = std::clamp(2 * lock_wait_, kSoon, kLater);
  loop_.cancel(lock_timer_);
  lock_timer_ = loop_.call_after(lock_wait_, [this] { read_hooks(); });
  return false;
}

void Deliverer::read_hooks() {
  if (finishing_ || !may_begin()) return;
  std::vector<model::Hook> hooks;
  std::map<model::HookId, bool> have_dead;
  try {
    base_.store.read([&](store::ReadTx& tx) {
      hooks = tx.hooks();
      for (const auto& hook : hooks)
        have_dead[hook.id] = hook.dead > 0 && tx.next_letter(hook.id).has_value();
    });
  } catch (const std::exception& failure) {
    if (options_.log)
      options_.log({util::LogLevel::kError, "hooks cannot be read", {{"reason", failure.what()}}});
    return;
  }
  for (auto& [id, course] : courses_) {
    if (std::ranges::find(hooks, id, &model::Hook::id) == hooks.end()) drop(course);
  }
  std::erase_if(courses_,
                [](const auto& each) { return each.second.is_gone && !each.second.attempt; });
  for (const auto& hook : hooks) adopt(hook, have_dead[hook.id]);
  recount();
}

void Deliverer::adopt(const model::Hook& hook, bool has_dead) {
  const auto [found, is_new] = courses_.try_emplace(hook.id);
  Course& course = found->second;
  course.hook.paused = hook.paused;
  course.has_dead = has_dead;
  if (is_new) {
    course.hook = hook;
    course.rev = hook.progress.rev;
    if (const auto due = hook.progress.next_try_at) {
      // A clock that was set back must not make it wait for ever.
      wait(course, std::clamp<std::chrono::milliseconds>(
                       *due - base_.clock.now(), std::chrono::milliseconds{0}, 2 * kLongestWait));
    }
  } else if (course.is_waiting && !hook.progress.next_try_at) {
    loop_.cancel(course.retry);
    course.is_waiting = false;
    course.hook.progress.next_try_at.reset();
  }
  if (course.is_idle()) make_ready(course);
}

void Deliverer::drop(Course& course) {
  course.is_gone = true;
  if (course.is_waiting) loop_.cancel(course.retry);
  course.is_waiting = false;
  if (course.attempt) course.attempt->end();
}

void Deliverer::make_ready(Course& course) {
  course.is_ready = true;
  ready_.push_back(course.hook.id);
  serve_later();
}

void Deliverer::serve_later() {
  if (ready_.empty() || running_ >= kAtOnce || std::exchange(serving_later_, true)) return;
  loop_.post([this] {
    serving_later_ = false;
    serve();
  });
}

void Deliverer::serve() {
  for (int looks = 0; looks < kLooksPerTurn && !ready_.empty() && running_ < kAtOnce; ++looks) {
    const auto found = courses_.find(ready_.front());
    ready_.pop_front();
    if (found == courses_.end()) continue;
    found->second.is_ready = false;
    if (!finishing_ && found->second.is_idle()) look(found->second);
  }
  if (ready_.empty()) log_.shrink_to(0);
  save();
  recount();
  serve_later();
}

void Deliverer::look(Course& course) {
  try {
    switch (walk_.go_on(course)) {
      case Walk::Found::kLetter:
        return begin(course);
      case Walk::Found::kHole:
        return skip_hole(course);
      case Walk::Found::kNotYet:
        return make_ready(course);
      case Walk::Found::kNothing:
        break;
    }
    if (course.rev - course.hook.progress.rev < kUnsaved) return;
    course.hook.progress.rev = course.rev;
    save_progress(course);
  } catch (const std::exception& failure) {
    stumble(course, failure.what());
  }
}

void Deliverer::begin(Course& course) {
  auto& progress = course.hook.progress;
  if (course.tried != 0 && course.tried != course.letter->rev) progress.failures = 0;
  course.tried = course.letter->rev;
  const model::HookId id = course.hook.id;
  Delivery delivery{.hook = id,
                    .target = course.hook.target,
                    .secret = course.hook.secret,
                    .actor = course.hook.actor,
                    .rev = course.letter->rev,
                    .frame = std::move(course.letter->frame)};
  const Done done = [this, id](Outcome outcome) { on_done(id, std::move(outcome)); };
  ++running_;
  try {
    if (course.hook.kind == model::HookKind::kRun) {
      course.attempt = std::make_unique<CommandRun>(CommandWorld{loop_, options_.command, lock_},
                                                    delivery, done);
    } else {
      course.attempt = poster_.post(delivery, done);
    }
  } catch (const std::exception& failure) {
    on_done(id, {.kind = Outcome::Kind::kFailed, .error = failure.what()});
  }
  course.letter->frame = std::move(delivery.frame);
}

// The attempt is still telling us: what becomes of it is decided when it has returned.
void Deliverer::on_done(model::HookId id, Outcome outcome) {
  done_.emplace_back(id, std::move(outcome));
  if (std::exchange(settling_later_, true)) return;
  loop_.post([this] {
    settling_later_ = false;
    settle();
  });
}

void Deliverer::settle() {
  for (const auto& [id, outcome] : std::exchange(done_, {})) {
    --running_;
    const auto found = courses_.find(id);
    if (found == courses_.end()) continue;
    Course& course = found->second;
    course.attempt.reset();
    if (!course.is_gone) settle(course, outcome);
    course.letter.reset();
    if (course.is_gone) {
      courses_.erase(found);
    } else if (course.is_idle()) {
      make_ready(course);
    }
  }
  // Before what comes next: killed at any instant, a hook is told at most one change twice.
  save();
  if (finishing_ && running_ == 0) loop_.stop();
  serve_later();
  recount();
}

}  // namespace taskman::hooks
