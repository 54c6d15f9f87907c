#pragma once
// One hook on its way through the log.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "daemon/feed/log_cache.hpp"
#include "daemon/feed/subscription.hpp"
#include "daemon/hooks/attempt.hpp"
#include "daemon/net/event_loop.hpp"
#include "daemon/service/service.hpp"

namespace taskman::hooks {

/// What is delivered next: of the log, or once more a dead letter.
struct Letter {
  std::int64_t rev = 0;
  std::string frame;
  std::optional<model::DeadLetter> dead{};
};

/// Owned by the deliverer, on its thread.
struct Course {
  model::Hook hook;      ///< its progress is ahead of what is stored only while it is saved
  std::int64_t rev = 0;  ///< looked at up to here; ahead of hook.progress.rev by what is not wanted
  std::optional<feed::Selection> selection;  ///< as the hook's words are understood now
  util::Instant understood_at;
  bool has_dead = false;         ///< some dead letters are to be delivered once more
  std::int64_t tried = 0;        ///< what hook.progress.failures is about; 0: what comes next
  std::optional<Letter> letter;  ///< under way
  std::unique_ptr<Attempt> attempt;
  net::EventLoop::Timer retry;  ///< pending while is_waiting
  bool is_waiting = false;
  bool is_ready = false;  ///< in the queue
  bool is_gone = false;   ///< removed; its attempt is about to end

  bool is_idle() const { return !attempt && !is_waiting && !is_ready && !hook.paused && !is_gone; }
};

/// Reads the log for courses. One thread.
class Walk {
 public:
  Walk(const service::Base& base, feed::LogCache& log) : base_(base), log_(log) {}

  enum class Found { kLetter, kNothing, kNotYet, kHole };
  /// Goes on with the course until a change that its hook wants (the letter is set), the end of the
  /// log, or for now enough was looked at. A hole: what comes next was pruned. Throws what the
  /// store throws, and what is wrong with the hook's words.
  Found go_on(Course& course);

  /// The oldest revision that is still there to be read, less one.
  std::int64_t oldest() const;

 private:
  void understand(Course& course) const;
  bool take_dead(Course& course) const;

  const service::Base base_;
  feed::LogCache& log_;
};

}  // namespace taskman::hooks
