#pragma once
// Accepts connections on one listening socket.

#include <chrono>
#include <functional>

#include "common/util/fd.hpp"
#include "common/util/log.hpp"
#include "daemon/net/event_loop.hpp"

namespace taskman::http {

struct ListenerParts {
  net::EventLoop& loop;
  int fd;  ///< listening, not blocking; stays the caller's
  std::function<void(util::Fd)> accepted;
  std::function<void(util::Fd)> shed;  ///< for a connection there are no descriptors left for
  util::Log log;
};

/// Works for any stream socket. Owned by the server, on the loop's thread. No error ends it:
/// without descriptors it pauses.
class Listener final : public net::EventHandler {
 public:
  explicit Listener(ListenerParts parts);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  /// Accepts what waits in the backlog, then no more.
  void stop();

  void on_ready(std::uint32_t events) override;

 private:
  enum class Outcome { kAccepted, kNothing, kExhausted };

  Outcome accept_one();
  void shed_waiting();
  void pause();
  void resume();

  ListenerParts parts_;
  util::Fd reserve_;  ///< given up for a moment, so that a client gets an answer instead of silence
  net::EventLoop::Timer pause_;
  bool stopped_ = false;
};

}  // namespace taskman::http
