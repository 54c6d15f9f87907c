#pragma once
// A claimed task that we hold on to while something else works on it.

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "cli/commands/deed.hpp"
#include "cli/session/session.hpp"
#include "common/model/task.hpp"
#include "common/wire/envelope.hpp"

namespace taskman::cli {

/// What is to become of a task. Of one that was moved to another state meanwhile it is left there.
struct Ending {
  enum class Kind { kDone, kReleased, kBlocked };
  Kind kind;
  std::string reason{};  ///< of kBlocked
};

/// One thread. The lease's end is reckoned by the steady clock, from before it was asked for.
class HeldTask {
 public:
  struct Terms {
    std::chrono::milliseconds lease;
    client::Steady::time_point asked;
  };
  /// `claimed` is the answer of the claim.
  HeldTask(Session& session, const wire::Envelope& claimed, const Terms& terms);

  /// Until when there is nothing to do for keep().
  client::Deadline rest() const;
  /// Renews the lease when it is time, else follows the task until then, until it changes, or until
  /// the API's give_up_on(). That the daemon is away is put up with as long as the lease lasts.
  /// Throws kClaimed when the task is lost: another's, or taken from us. Who claimed it is free to
  /// give it back, close or delete it: that is no loss.
  void keep();

  /// Tries again while the daemon is away, for as long as an answer may take, and until
  /// `interrupted` tells of a signal. Throws kClaimed when the task is lost, kConflict when it is
  /// not done because of what somebody else made of it, Interrupted.
  void settle(const Ending& ending, const std::function<int()>& interrupted);

  /// The task as it was seen last.
  const wire::Envelope& current() const { return current_; }
  /// As `done 42  Title` says it.
  std::string outcome() const;

 private:
  /// Whose the task is now.
  enum class Hold {
    kOurs,
    kLeft,  ///< given back by our own name: nobody's, until another claims it
    kOver,  ///< closed, or deleted by our own name: nobody can take it
    kLost,
  };

  HeldTask(Session& session, const model::Task& task, const Terms& terms);
  void renew();
  void follow();
  /// Learns how the task is now.
  void look();
  Hold hold_of(const std::optional<model::Task>& task) const;
  bool is_ours(const model::Task& task) const;
  bool is_by_us() const;
  /// Throws kClaimed when it is lost.
  void check() const;
  void settle_once(const Ending& ending);
  void put(const Ending& ending);
  void block(const std::string& reason);
  void check_done() const;
  error::Error unsettled(const Ending& ending, const error::Error& why) const;

  Session& session_;
  const model::TaskId id_;
  const model::Status status_;  ///< as it was claimed
  const std::int64_t token_;
  const std::chrono::milliseconds lease_;
  wire::Envelope current_;
  std::string cursor_;
  client::Steady::time_point ends_;
  client::Steady::time_point due_;
  client::Steady::time_point rest_{};
  Hold hold_ = Hold::kOurs;
  bool is_gone_ = false;
  bool is_changed_ = false;   ///< not as it was claimed
  std::optional<Deed> deed_;  ///< why so
};

}  // namespace taskman::cli
