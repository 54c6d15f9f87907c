#pragma once
// A claimed task that we hold on to while something else works on it.

#include <chrono>
#include <cstdint>

#include "cli/session/session.hpp"
#include "common/model/task.hpp"
#include "common/wire/envelope.hpp"

namespace taskman::cli {

/// One thread. The lease's end is reckoned by the steady clock, from before it was asked for.
class HeldTask {
 public:
  struct Terms {
    std::int64_t token;  ///< of the lease
    std::chrono::milliseconds lease;
    client::Steady::time_point asked;
  };
  HeldTask(Session& session, model::TaskId id, const Terms& terms);

  /// When renew() is due: at a third of the lease; sooner after one that failed.
  client::Deadline next_renewal() const;
  /// Asks for another lease. That the daemon is away is put up with as long as the lease lasts.
  /// Throws kClaimed when the task is lost.
  void renew();

  /// What these answer. They throw kClaimed when the task is lost.
  wire::Envelope done();
  wire::Envelope release();

 private:
  wire::Envelope finish(std::string_view verb, std::string body);

  Session& session_;
  const model::TaskId id_;
  const std::int64_t token_;
  const std::chrono::milliseconds lease_;
  client::Steady::time_point ends_;
  client::Steady::time_point due_;
};

}  // namespace taskman::cli
