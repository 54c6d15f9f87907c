#include "tests/bench/program.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <thread>
#include <utility>

#include "tests/bench/load.hpp"

namespace taskman::bench {
namespace {

pid_t spawn(const std::vector<std::string>& argv) {
  std::vector<char*> raw;
  for (const auto& word : argv) raw.push_back(const_cast<char*>(word.c_str()));
  raw.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  for (const int fd : {0, 1, 2})
    ::posix_spawn_file_actions_addopen(&actions, fd, "/dev/null", O_RDWR, 0);
  pid_t pid = -1;
  const int failed = ::posix_spawn(&pid, raw[0], &actions, nullptr, raw.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw std::runtime_error("cannot start " + argv[0]);
  return pid;
}

bool answers(const std::string& socket) {
  try {
    return !exchange({.unix_path = socket}, json_request("GET", "/api/v1/health", "")).empty();
  } catch (const std::exception&) {
    return false;
  }
}

std::vector<std::string> daemon_command(const Folder& folder, std::vector<std::string> more) {
  std::vector<std::string> argv{program_path("taskmand"),
                                "--foreground",
                                "--db",
                                folder / "bench.db",
                                "--socket",
                                folder / "bench.sock",
                                "--log",
                                folder / "bench.log"};
  argv.insert(argv.end(), more.begin(), more.end());
  return argv;
}

}  // namespace

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "taskman-bench-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make " + name);
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;  // a leftover folder under TMPDIR must not hide a benchmark's result
  std::filesystem::remove_all(path_, ignored);
}

Program::Program(const std::vector<std::string>& argv) : pid_(spawn(argv)) {}

Program::~Program() {
  if (pid_ < 0) return;
  ::kill(pid_, SIGTERM);
  ::waitpid(pid_, nullptr, 0);
}

void Program::kill() {
  ::kill(pid_, SIGKILL);
  ::waitpid(std::exchange(pid_, -1), nullptr, 0);
}

Daemon::Daemon(const Folder& folder, std::vector<std::string> more_flags)
    : socket_(folder / "bench.sock"), program_(daemon_command(folder, std::move(more_flags))) {
  wait_until("taskmand answers", [&] { return answers(socket_); });
}

std::string stream_request(const Daemon& daemon, const Target& door, const std::string& query) {
  std::string head = "GET /api/v1/events" + query + " HTTP/1.1\r\nHost: localhost";
  if (door.unix_path.empty()) {
    std::string token;
    std::ifstream(daemon.socket() + ".token") >> token;
    head += ":" + std::to_string(door.port) + "\r\nAuthorization: Bearer " + token;
  }
  return head + "\r\nAccept: text/event-stream\r\n\r\n";
}

void wait_until(const std::string& what, const std::function<bool()>& ready) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!ready()) {
    if (std::chrono::steady_clock::now() > deadline)
      throw std::runtime_error("not within 20 s: " + what);
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
}

std::string program_path(const std::string& name) {
  if (const char* folder = std::getenv("TASKMAN_BIN_DIR")) return std::string(folder) + "/" + name;
  const auto self = std::filesystem::read_symlink("/proc/self/exe");
  return (self.parent_path().parent_path() / "bin" / name).string();
}

std::string find_on_path(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::string folders = path == nullptr ? "" : path;
  for (std::size_t start = 0; start <= folders.size();) {
    const auto end = std::min(folders.find(':', start), folders.size());
    const auto candidate = folders.substr(start, end - start) + "/" + name;
    if (::access(candidate.c_str(), X_OK) == 0) return candidate;
    start = end + 1;
  }
  return {};
}

double time_run(const std::vector<std::string>& argv) {
  const auto start = std::chrono::steady_clock::now();
  int status = 0;
  ::waitpid(spawn(argv), &status, 0);
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    throw std::runtime_error(argv[0] + " did not exit 0");
  }
  return took.count();
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

}  // namespace taskman::bench
