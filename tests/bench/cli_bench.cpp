// Whole processes: `task done` warm and cold, beside an empty C++ program and Taskwarrior.

#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "common/util/fd.hpp"
#include "tests/bench/load.hpp"
#include "tests/bench/program.hpp"
#include "tests/bench/row.hpp"

namespace {

using namespace taskman::bench;

constexpr int kTasks = 10'000;
constexpr int kWarmRuns = 301;
constexpr int kColdRuns = 31;
constexpr int kPeerRuns = 15;

struct Programs {
  std::string taskman = program_path("taskman");
  std::string empty =
      (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "empty_program").string();
};

/// A home of its own, and where its daemon's socket is.
std::string set_home(const Folder& folder) {
  for (const char* name : {"home", "run"}) std::filesystem::create_directories(folder / name);
  std::filesystem::permissions(folder / "run", std::filesystem::perms::owner_all);
  const std::string socket = folder / "bench.sock";
  ::setenv("HOME", (folder / "home").c_str(), 1);
  ::setenv("XDG_RUNTIME_DIR", (folder / "run").c_str(), 1);
  ::setenv("USER", "bench", 1);
  ::setenv("TASKMAN_DB", (folder / "bench.db").c_str(), 1);
  ::setenv("TASKMAN_SOCKET", socket.c_str(), 1);
  return socket;
}

/// Ends the daemon that listens there, and returns when its process is gone.
void stop_daemon(const std::string& socket) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, socket.c_str(), sizeof address.sun_path - 1);
  taskman::util::Fd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  ucred listener{};
  socklen_t size = sizeof listener;
  if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::getsockopt(fd.get(), SOL_SOCKET, SO_PEERCRED, &listener, &size) != 0) {
    throw std::runtime_error("no daemon listens on " + socket);
  }
  fd.reset();
  const taskman::util::Fd process(static_cast<int>(::syscall(SYS_pidfd_open, listener.pid, 0)));
  ::kill(listener.pid, SIGTERM);
  pollfd ended{process.get(), POLLIN, 0};
  if (::poll(&ended, 1, 10'000) != 1) throw std::runtime_error("the daemon does not end");
}

std::string done(int id) { return std::to_string(id); }

/// Returns its median, for the peer to be compared with.
double warm(const Programs& programs) {
  std::vector<double> ours;
  std::vector<double> floor;
  for (int i = 0; i < kWarmRuns; ++i) {
    ours.push_back(time_run({programs.taskman, "task", "done", done(i + 1)}));
    floor.push_back(time_run({programs.empty}));
  }
  const double ratio = median_ratio(ours, floor);
  print({.what = "`taskman task done`, 10,000 tasks, warm",
         .figure = with_unit(median(ours), " ms"),
         .beside = "empty dynamic C++ program " + with_unit(median(floor), " ms"),
         .ratio = with_unit(ratio, " ×"),
         .target = "≤ 1.5 ×",
         .met = ratio <= 1.5});
  return median(ours);
}

void cold(const Programs& programs, const std::string& socket) {
  std::vector<double> ours;
  std::vector<double> floor;
  for (int i = 0; i < kColdRuns; ++i) {
    stop_daemon(socket);
    ours.push_back(time_run({programs.taskman, "task", "done", done(1000 + i)}));
    floor.push_back(time_run({programs.empty}));
  }
  print({.what = "the same, cold: the daemon is started, the store is there",
         .figure = with_unit(median(ours), " ms"),
         .beside = "empty dynamic C++ program " + with_unit(median(floor), " ms"),
         .ratio = with_unit(median_ratio(ours, floor), " ×", 1),
         .target = "≤ 40 ms",
         .met = median(ours) <= 40});
}

void first_ever(const Programs& programs) {
  std::vector<double> ours;
  std::vector<double> floor;
  for (int i = 0; i < kColdRuns; ++i) {
    const Folder fresh;
    const std::string socket = set_home(fresh);
    ours.push_back(time_run({programs.taskman, "task", "add", "First"}));
    floor.push_back(time_run({programs.empty}));
    stop_daemon(socket);
  }
  print({.what = "`taskman task add`, first ever: daemon and store are made",
         .figure = with_unit(median(ours), " ms"),
         .beside = "empty dynamic C++ program " + with_unit(median(floor), " ms"),
         .ratio = with_unit(median_ratio(ours, floor), " ×", 1),
         .target = "≤ 80 ms",
         .met = median(ours) <= 80});
}

/// Taskwarrior's modify in turn with our done.
void peer(const Programs& programs, const Folder& folder) {
  const auto task = find_on_path("task");
  if (task.empty()) {
    std::printf("taskwarrior is not installed: no peer in this run\n");
    return;
  }
  const std::string rc = "rc:" + (folder / "taskrc");
  std::ofstream(folder / "taskrc") << "data.location=" << folder / "taskdata"
                                   << "\nconfirmation=off\nnews.version=9.9.9\nhooks=off\n";
  std::ofstream tasks(folder / "tw.json");
  for (int i = 0; i < kTasks; ++i)
    tasks << R"({"description":"Task number )" << i << "\",\"status\":\"pending\"}\n";
  tasks.close();
  time_run({task, rc, "import", folder / "tw.json"});
  std::vector<double> ours;
  std::vector<double> theirs;
  for (int i = 0; i < kPeerRuns; ++i) {
    ours.push_back(time_run({programs.taskman, "task", "done", done(5000 + i)}));
    theirs.push_back(time_run({task, rc, std::to_string(i + 1), "modify", "priority:H"}));
  }
  const double ratio = median_ratio(theirs, ours);
  print({.what = "the same, beside Taskwarrior",
         .figure = with_unit(median(ours), " ms"),
         .beside = "`task 1 modify`, 10,000 tasks " + with_unit(median(theirs), " ms"),
         .ratio = with_unit(ratio, " × faster", 0),
         .target = "≥ 40 × faster",
         .met = ratio >= 40});
}

}  // namespace

int main() try {
  const Programs programs;
  const Folder folder;
  const std::string socket = set_home(folder);
  time_run({programs.taskman, "task", "add", "the first starts the daemon"});
  add_tasks({.unix_path = socket}, kTasks);
  warm(programs);
  peer(programs, folder);
  cold(programs, socket);
  stop_daemon(socket);
  first_ever(programs);
  return 0;
} catch (const std::exception& failure) {
  std::fprintf(stderr, "cli_bench: %s\n", failure.what());
  return 1;
}
