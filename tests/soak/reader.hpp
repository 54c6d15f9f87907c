#pragma once
// One reader of the change feed that keeps losing its connection.

#include <chrono>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "soak/incoming.hpp"
#include "soak/ledger.hpp"
#include "support/http_client.hpp"

namespace taskman::test {

/// Where the daemon listens at the moment, if it does.
struct Doors {
  std::string socket;
  std::uint16_t port = 0;
  std::string token;
  bool open = false;
};

/// Of all readers together.
struct Tally {
  std::int64_t frames = 0;
  std::int64_t connections = 0;
  std::int64_t cuts = 0;    ///< by the reader, at some byte
  std::int64_t leaves = 0;  ///< by the reader, at some time
  std::int64_t lost = 0;    ///< by the daemon's end, or its absence
  std::int64_t busy = 0;    ///< told to come later
  std::vector<std::string> faults;
};

/// Resumes from the last whole frame it got, by since= or Last-Event-ID. What it uses outlives it.
/// One thread.
class Reader {
 public:
  using Instant = std::chrono::steady_clock::time_point;
  struct Kind {
    Way way = Way::kSse;
    bool by_tcp = false;
    std::uint32_t seed = 0;
  };
  /// What readers share.
  struct World {
    int epoll = -1;
    Ledger& ledger;
    Tally& tally;
    Doors doors;
  };

  Reader(World& world, Kind kind, Instant first);

  /// Does what is due: connects, polls, leaves.
  void wake(Instant now);
  /// Its connection is readable, or gone.
  void on_ready(Instant now);

  std::int64_t stands() const { return stands_; }
  std::string name() const;

 private:
  void connect(Instant now);
  std::string request();
  void plan_the_end(Instant now);
  void take(Piece piece, Instant now);
  void take_frame(const Piece& piece, Instant now);
  void check_place(const std::string& cursor);
  void answered(Instant now);
  void hang_up(Instant now, std::int64_t& counted);
  void wrong(const std::string& what);
  int pick(int from, int to) { return std::uniform_int_distribution<int>(from, to)(random_); }

  World& world_;
  const Kind kind_;
  std::mt19937 random_;
  std::int64_t stands_;
  std::int64_t asked_at_ = 0;  ///< where it stood when it asked
  Instant due_;                ///< for the next thing to do
  bool is_waiting_ = false;    ///< a poll, for its answer
  std::optional<HttpClient> client_;
  std::optional<Incoming> incoming_;
  std::size_t left_ = 0;  ///< bytes until it cuts
};

}  // namespace taskman::test
