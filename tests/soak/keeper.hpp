#pragma once
// The two who work beside the readers, each on a thread of its own.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <random>
#include <string>
#include <thread>

#include "soak/reader.hpp"
#include "support/daemon_fixture.hpp"

namespace taskman::test {

/// Told once to come to an end. Any thread.
class Ending {
 public:
  void tell();
  /// False when that came before `until`.
  bool wait_until(std::chrono::steady_clock::time_point until);

 private:
  std::mutex mutex_;
  std::condition_variable told_;
  bool is_told_ = false;
};

/// Keeps a daemon, kills it at random times and starts it again. doors() on any thread.
class Keeper {
 public:
  Keeper();
  ~Keeper();
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;

  const DaemonFixture& daemon() const { return daemon_; }
  Doors doors() const;

  void begin(std::chrono::milliseconds between_kills, std::uint32_t seed);
  /// The daemon runs when it returns. Throws what befell it.
  void end();
  std::int64_t kills() const { return kills_; }

 private:
  void work(std::chrono::milliseconds between_kills, std::uint32_t seed);
  void open_doors();
  void close_doors();

  DaemonFixture daemon_;
  mutable std::mutex mutex_;
  Doors doors_;  ///< guarded by mutex_
  Ending ending_;
  std::atomic<std::int64_t> kills_{0};
  std::exception_ptr failure_;
  std::thread thread_;
};

/// Makes so many changes a second, each acknowledged before the next: one that has no answer is
/// sent again under its key.
class Writer {
 public:
  Writer(std::filesystem::path socket, int changes_per_second, std::uint32_t seed);
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void end();
  /// After end(): the changes that were acknowledged, what was refused.
  std::int64_t acknowledged() const { return acknowledged_; }
  const std::string& fault() const { return fault_; }

 private:
  void work(int changes_per_second);
  bool write(const HttpRequest& request);
  HttpRequest next();

  const std::filesystem::path socket_;
  std::mt19937 random_;
  std::int64_t number_ = 0;
  std::int64_t tasks_ = 0;
  std::int64_t acknowledged_ = 0;
  std::string fault_;
  Ending ending_;
  std::optional<HttpClient> client_;
  std::thread thread_;
};

}  // namespace taskman::test
