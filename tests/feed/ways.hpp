#pragma once
// The ways to read the feed of a real daemon: by both doors, by every transport.

#include <cstddef>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/daemon_fixture.hpp"
#include "support/websocket.hpp"

namespace taskman::test {

using Frames = std::vector<std::string>;

/// By which a client comes in.
enum class Door { kUnix, kTcp };

/// A daemon with both doors, and somebody who writes. write() on one thread, the rest on any.
class House {
 public:
  HttpClient connect(Door door) const;
  /// The header lines that door wants.
  std::string headers(Door door) const;
  HttpClient ask(Door door, const std::string& query, const std::string& more) const;

  HttpReply write(const std::string& method, const std::string& path, const std::string& body = {});
  std::string head() const;
  const DaemonFixture& daemon() const { return daemon_; }

 private:
  DaemonFixture daemon_{{"--listen", "127.0.0.1:0"}};
  HttpClient writer_{daemon_.socket()};
};

/// A project, a sprint, and then `writes` of everything that can happen, at random; what is refused
/// changes nothing.
void make_history(House& house, int writes);

/// So many, on a connection of its own: any number of threads at once. They touch a few tasks, so
/// that they meet.
void write_at_random(const House& house, unsigned seed, int writes);

struct Wish {
  Door door;
  std::string query;
  std::size_t count;
};

/// One poll; `wait`: `&wait=30` makes it a long one.
Frames polled(const House& house, const Wish& wish, const std::string& wait = {});
/// The first `count` frames of a stream.
Frames by_lines(const House& house, const Wish& wish);
Frames by_events(const House& house, const Wish& wish);
Frames by_messages(const House& house, const Wish& wish);

}  // namespace taskman::test
