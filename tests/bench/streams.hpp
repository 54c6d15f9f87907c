#pragma once
// Many readers of a stream of blocks (`…\n\n`) on one epoll thread, and what a process costs while
// it feeds them.

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "target.hpp"

namespace taskman::bench {

/// Open connections to one peer. Throws std::runtime_error when nothing comes for 30 s.
class Streams {
 public:
  using Instant = std::chrono::steady_clock::time_point;

  /// Opens `count` connections and sends `request` on each, unless it is empty.
  Streams(const Target& target, std::size_t count, const std::string& request);
  ~Streams();
  Streams(const Streams&) = delete;
  Streams& operator=(const Streams&) = delete;

  std::size_t count() const { return streams_.size(); }

  /// Reads until every stream got `blocks` more blocks, heartbeats not counted; milliseconds from
  /// `start` to the last of them, a stream each.
  std::vector<double> read_blocks(std::size_t blocks, Instant start);

  /// Reads what comes, for so long.
  void read_for(std::chrono::seconds time);

 private:
  struct Stream {
    int fd = -1;
    std::size_t blocks = 0;
    char first = 0;  ///< of the block under way; 0 before it
    int lines = 0;   ///< of it
    char last = 0;
  };
  static void drain(Stream& stream);
  static void look_at(Stream& stream, char byte);

  std::vector<Stream> streams_;
  int epoll_ = -1;
};

/// CPU time of a process so far, in seconds.
double cpu_seconds(pid_t pid);

/// A line of /proc/PID/status as a number: `VmRSS` in KiB, `voluntary_ctxt_switches` over all
/// threads, ….
long status_number(pid_t pid, const std::string& name);

/// Of all the process's threads together.
long context_switches(pid_t pid);

double percentile(std::vector<double> values, double share);

/// As many descriptors as are allowed.
void raise_descriptor_limit();

}  // namespace taskman::bench
