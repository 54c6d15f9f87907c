#pragma once
// Posts changes to URLs, many at once, by libcurl on an event loop.

#include <chrono>
#include <memory>
#include <string>

#include "common/time/clock.hpp"
#include "daemon/hooks/attempt.hpp"
#include "daemon/net/event_loop.hpp"

namespace taskman::hooks {

class Transfers;

struct PosterOptions {
  std::chrono::milliseconds limit{60'000};  ///< of a post as a whole
  /// A PEM file of certificate authorities that are trusted beside the system's; empty: those
  /// alone.
  std::string authorities{};
};

/// Owned by the deliverer, used on its loop's thread. Outlives its attempts; the loop and the clock
/// outlive it. Loads the library with the first post, and keeps connections open between posts.
class Poster {
 public:
  Poster(net::EventLoop& loop, const time::Clock& clock, PosterOptions options);
  ~Poster();
  Poster(const Poster&) = delete;
  Poster& operator=(const Poster&) = delete;

  /// Delivered by any status from 200 to 299; 410 is unwanted. Redirects are not followed. Throws
  /// error::Error when it cannot even begin.
  std::unique_ptr<Attempt> post(const Delivery& delivery, Done done);

 private:
  net::EventLoop& loop_;
  const time::Clock& clock_;
  const PosterOptions options_;
  std::unique_ptr<Transfers> transfers_;
};

}  // namespace taskman::hooks
