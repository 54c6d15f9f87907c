#pragma once
// Sockets that were told goodbye. One that is closed with something unread takes back what it sent
// last: the peer gets a reset instead of the reason.

#include <cstddef>
#include <cstdint>
#include <list>

#include "common/util/fd.hpp"
#include "daemon/net/event_loop.hpp"

namespace taskman::feed {

/// Owned by the hub, on the loop's thread. Closes what it still has when it ends.
class Farewells {
 public:
  explicit Farewells(net::EventLoop& loop) : loop_(loop) {}
  ~Farewells();
  Farewells(const Farewells&) = delete;
  Farewells& operator=(const Farewells&) = delete;

  /// Sends the end, then reads and drops until the peer ends, too; not for long, and not much.
  /// Closes at once when there are many. `fd` is watched by nobody and does not block.
  void see_off(util::Fd fd);

  std::size_t size() const { return leaving_.size(); }

 private:
  struct Leaving final : net::EventHandler {
    void on_ready(std::uint32_t events) override;

    Farewells* host = nullptr;
    std::list<Leaving>::iterator place;
    util::Fd fd;
    std::size_t dropped = 0;
    net::EventLoop::Timer timer;
  };

  static bool has_ended(Leaving& leaving);
  void close(Leaving& leaving);

  net::EventLoop& loop_;
  std::list<Leaving> leaving_;
};

}  // namespace taskman::feed
