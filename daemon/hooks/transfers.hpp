#pragma once
// libcurl's transfers and their sockets on an event loop. Internal to the poster.

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "daemon/hooks/attempt.hpp"
#include "daemon/hooks/curl_library.hpp"
#include "daemon/net/event_loop.hpp"

namespace taskman::hooks {

/// One post. Its handle belongs to the transfers from add() to remove().
class Post;

/// One thread, the loop's. Throws nothing once it is made.
class Transfers {
 public:
  explicit Transfers(net::EventLoop& loop);
  ~Transfers();
  Transfers(const Transfers&) = delete;
  Transfers& operator=(const Transfers&) = delete;

  /// The handle's private pointer is its Post.
  void add(CURL* handle);
  void remove(CURL* handle);

 private:
  /// A socket of the library's on the loop.
  struct Socket final : net::EventHandler {
    Socket(Transfers& owner, int number) : transfers(owner), fd(number) {}
    void on_ready(std::uint32_t events) override;
    Transfers& transfers;
    const int fd;
  };

  static int on_socket(CURL* handle, curl_socket_t fd, int what, void* self, void* known);
  static int on_timer(CURLM* multi, long milliseconds, void* self);
  void watch(int fd, std::uint32_t events);
  void unwatch(int fd);
  void act(curl_socket_t fd, int events);
  void tell_done();

  net::EventLoop& loop_;
  CURLM* multi_;
  std::map<int, std::unique_ptr<Socket>> sockets_;
  std::vector<std::unique_ptr<Socket>> gone_;  ///< one of them may be telling us
  net::EventLoop::Timer timer_;
};

}  // namespace taskman::hooks
