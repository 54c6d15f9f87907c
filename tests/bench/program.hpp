#pragma once
// Programs a benchmark runs: a child ended with it, a private folder, the middle of some figures.

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "target.hpp"

namespace taskman::bench {

/// A folder under $TMPDIR, removed by the destructor.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

/// A child process, its output thrown away; the destructor sends TERM and reaps it.
class Program {
 public:
  explicit Program(const std::vector<std::string>& argv);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  /// KILL, and waits for its end.
  void kill();
  pid_t pid() const { return pid_; }

 private:
  pid_t pid_ = -1;
};

/// A taskmand on a store of its own, ready when the constructor returns.
class Daemon {
 public:
  explicit Daemon(const Folder& folder, std::vector<std::string> more_flags = {});
  const std::string& socket() const { return socket_; }
  void kill() { program_.kill(); }
  pid_t pid() const { return program_.pid(); }

 private:
  std::string socket_;
  Program program_;
};

/// What a request for a stream of Server-Sent Events says at one of the daemon's doors; `query`
/// with its question mark.
std::string stream_request(const Daemon& daemon, const Target& door, const std::string& query = {});

/// Calls `ready` until it is true; throws naming `what` after 20 s.
void wait_until(const std::string& what, const std::function<bool()>& ready);

/// Where this build's programs are: $TASKMAN_BIN_DIR, else beside the benchmark's own folder.
std::string program_path(const std::string& name);

/// The installed program of that name on PATH, or empty.
std::string find_on_path(const std::string& name);

/// Wall-clock milliseconds of one run of `argv`; throws when it does not exit 0.
double time_run(const std::vector<std::string>& argv);

double median(std::vector<double> values);

}  // namespace taskman::bench
