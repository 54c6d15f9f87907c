#pragma once
// A hook's command: `sh -c` with the frame as its stdin, below a supervisor.

#include <sys/types.h>

#include <chrono>
#include <string>

#include "common/util/fd.hpp"
#include "common/util/log.hpp"
#include "daemon/hooks/attempt.hpp"
#include "daemon/hooks/run_lock.hpp"
#include "daemon/hooks/supervisor.hpp"
#include "daemon/net/event_loop.hpp"

namespace taskman::hooks {

struct CommandOptions {
  std::chrono::milliseconds limit{60'000};  ///< then TERM, and KILL a little later
  std::string url{};                        ///< of this daemon, as TASKMAN_URL
  std::string folder{"/"};                  ///< where it runs; `/` when that cannot be entered
  util::Log log{};                          ///< gets what it prints, up to a length
};

/// What every command is run with; outlives them.
struct CommandWorld {
  net::EventLoop& loop;
  const CommandOptions& options;
  const RunLock& lock;
};

/// In a process group of its own, with no descriptor of ours but its three. All that it started
/// ends with it, and with us, also when we are killed. Delivered when it exits with 0.
class CommandRun final : public Attempt, private net::EventHandler {
 public:
  /// Throws std::system_error when it cannot be started.
  CommandRun(const CommandWorld& world, const Delivery& delivery, Done done);
  ~CommandRun() override;

  void end() override;

 private:
  void on_ready(std::uint32_t events) override;
  void start(const Delivery& delivery, int lock);
  void ask_to_end();
  void gather();
  void finish(int status);
  void log_run(const SupervisorReport& report) const;
  Outcome outcome_of(const SupervisorReport& report) const;
  Outcome failed(std::string error) const;
  std::string last_line() const;

  net::EventLoop& loop_;
  const CommandOptions& options_;
  const model::HookId hook_;
  const std::int64_t rev_;
  Done done_;
  pid_t pid_ = -1;    ///< the supervisor's, until it is reaped
  util::Fd ended_;    ///< readable when it has
  util::Fd control_;  ///< closed: it kills whatever runs
  util::Fd output_;
  std::string printed_;
  bool printed_more_ = false;
  bool out_of_time_ = false;
  net::EventLoop::Timer timer_;
};

}  // namespace taskman::hooks
