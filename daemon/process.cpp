#include "daemon/process.hpp"

#include <malloc.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>

#include "common/util/text.hpp"

namespace taskman {
namespace {

constexpr long long kMostPassed = 64;

std::int64_t count_entries(const char* folder) {
  std::error_code failure;
  const std::filesystem::directory_iterator entries(folder, failure);
  return failure ? 0 : std::distance(begin(entries), end(entries));
}

}  // namespace

sigset_t take_signals() {
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGXFSZ, SIG_IGN);
  // Ignored by who starts us, nobody could wait for a child.
  ::signal(SIGCHLD, SIG_DFL);
  sigset_t wanted;
  ::sigemptyset(&wanted);
  for (const int number : {SIGTERM, SIGINT, SIGHUP}) {
    // Who starts us may have ignored them (nohup, a shell's `&`).
    ::signal(number, SIG_DFL);
    ::sigaddset(&wanted, number);
  }
  ::pthread_sigmask(SIG_SETMASK, &wanted, nullptr);
  return wanted;
}

std::size_t most_descriptors() {
  rlimit files{};
  return ::getrlimit(RLIMIT_NOFILE, &files) == 0 ? files.rlim_cur : 0;
}

void set_limits() {
  ::umask(077);
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
  }
  // An arena for each of many short-lived workers would keep memory that the others could use.
  ::mallopt(M_ARENA_MAX, 2);
  // Fixed, because both adapt themselves upwards: large answers go back to the system at once.
  ::mallopt(M_MMAP_THRESHOLD, 256 * 1024);
  ::mallopt(M_TRIM_THRESHOLD, 1024 * 1024);
}

std::vector<int> passed_descriptors(const util::Environment& environment) {
  const auto number = [&](std::string_view name) {
    return util::parse_integer(environment(name).value_or("")).value_or(0);
  };
  std::vector<int> passed;
  if (number("LISTEN_PID") != ::getpid()) return passed;
  for (long long i = 0; i < std::min(number("LISTEN_FDS"), kMostPassed); ++i)
    passed.push_back(3 + static_cast<int>(i));
  return passed;
}

void close_descriptors_except(std::vector<int> kept) {
  std::ranges::sort(kept);
  unsigned next = 3;
  for (const int fd : kept) {
    if (fd < static_cast<int>(next)) continue;
    if (static_cast<unsigned>(fd) > next) ::close_range(next, static_cast<unsigned>(fd) - 1, 0);
    next = static_cast<unsigned>(fd) + 1;
  }
  ::close_range(next, ~0U, 0);
}

ProcessFigures process_figures() {
  std::int64_t pages = 0;
  std::int64_t resident = 0;
  std::ifstream("/proc/self/statm") >> pages >> resident;
  return {.resident_bytes = resident * ::sysconf(_SC_PAGESIZE),
          .descriptors = count_entries("/proc/self/fd"),
          .threads = count_entries("/proc/self/task")};
}

}  // namespace taskman
