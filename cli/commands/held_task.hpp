#pragma once
// A claimed task that we hold on to while something else works on it.

#include <chrono>
#include <cstdint>
#include <string>

#include "cli/session/session.hpp"
#include "common/model/task.hpp"
#include "common/wire/envelope.hpp"

namespace taskman::cli {

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
  /// Throws kClaimed when the task is lost: another's, free again, or gone.
  void keep();

  /// What becomes of the task: done after a success, else given back. What was made of it meanwhile
  /// under the lease, by whomever, is left as it is: closed, or moved to another state. Tries again
  /// while the daemon is away, for as long as an answer may take. Answers the task as it is then;
  /// throws kClaimed when the task is lost.
  wire::Envelope settle(bool succeeded);

 private:
  HeldTask(Session& session, const model::Task& task, const Terms& terms);
  void renew();
  void follow();
  void check();
  /// The task as the daemon has it, which may be closed: then there is nothing to hold any more.
  wire::Envelope look();
  wire::Envelope settle_once(bool succeeded);
  bool is_ours(const model::Task& task) const;

  Session& session_;
  const model::TaskId id_;
  const model::Status status_;  ///< as it was claimed
  const std::int64_t token_;
  const std::chrono::milliseconds lease_;
  std::string cursor_;
  client::Steady::time_point ends_;
  client::Steady::time_point due_;
  client::Steady::time_point rest_{};
  bool is_closed_ = false;
};

}  // namespace taskman::cli
