// How the daemon starts, and how it says that it cannot.

#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>

#include <cstring>
#include <fstream>
#include <memory>

#include "own_daemon.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

namespace fs = std::filesystem;

util::Fd bound_socket(const fs::path& path, int type) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  util::Fd fd(::socket(AF_UNIX, type | SOCK_CLOEXEC, 0));
  REQUIRE(::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  return fd;
}

}  // namespace

TEST_CASE("a daemon that serves says ready, and its socket is for its user alone") {
  DaemonFolder folder;
  Process daemon(folder.command());
  CHECK(daemon.read_line() == "ready");
  CHECK(folder.http({.target = "/api/v1/health"}).status == 200);
  struct stat status {};
  REQUIRE(::stat((folder / "d.sock").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("a database has one daemon") {
  DaemonFolder folder;
  Process first(folder.command());
  REQUIRE(first.read_line() == "ready");
  Command second = folder.command("d", {"--socket", (folder / "other.sock").string()});
  const StartFailure failure = run_failing(second);
  CHECK(failure.code == "conflict");
  CHECK(failure.exit_code == 4);
  CHECK_THAT(failure.message, ContainsSubstring(std::to_string(first.pid())));
  CHECK_FALSE(failure.hint.empty());
  CHECK_THAT(failure.err, ContainsSubstring(failure.message));
  CHECK(folder.http({.target = "/api/v1/health"}).status == 200);
}

TEST_CASE("a socket has one daemon") {
  DaemonFolder folder;
  Process first(folder.command());
  REQUIRE(first.read_line() == "ready");
  const StartFailure failure =
      run_failing(folder.command("e", {"--socket", (folder / "d.sock").string()}));
  CHECK(failure.code == "conflict");
  CHECK(failure.exit_code == 4);
  CHECK(folder.http({.target = "/api/v1/health"}).status == 200);
}

TEST_CASE("of fifty daemons started at once one serves and the others say why not") {
  DaemonFolder folder;
  std::vector<std::unique_ptr<Process>> daemons;
  for (int i = 0; i < 50; ++i) daemons.push_back(std::make_unique<Process>(folder.command()));
  int ready = 0;
  for (auto& daemon : daemons) {
    const std::string line = daemon->read_line();
    if (line == "ready") {
      ++ready;
    } else {
      CHECK_THAT(line, StartsWith("error {"));
      CHECK(daemon->wait().exit_code == 4);
    }
  }
  CHECK(ready == 1);
  CHECK(folder.http({.target = "/api/v1/health"}).status == 200);
}

TEST_CASE("a socket that a killed daemon left is replaced") {
  DaemonFolder folder;
  Process first(folder.command());
  REQUIRE(first.read_line() == "ready");
  REQUIRE(folder.http(new_task("survives")).status == 201);
  first.signal(SIGKILL);
  first.wait();
  REQUIRE(fs::exists(folder / "d.sock"));
  Process second(folder.command());
  CHECK(second.read_line() == "ready");
  CHECK_THAT(folder.http({.target = "/api/v1/tasks/1"}).body, ContainsSubstring("survives"));
}

TEST_CASE("what cannot be the database is refused with the way out and left alone") {
  DaemonFolder folder;
  const std::string text =
      "not a database, but somebody's letter, long enough to have a header of a hundred bytes "
      "if it were one, and some more";
  std::ofstream(folder / "d.db") << text;
  const StartFailure failure = run_failing(folder.command());
  CHECK(failure.code == "storage_unavailable");
  CHECK(failure.exit_code == 5);
  CHECK_THAT(failure.message, ContainsSubstring("d.db"));
  CHECK_FALSE(failure.hint.empty());
  std::ifstream file(folder / "d.db");
  CHECK(std::string(std::istreambuf_iterator<char>(file), {}) == text);
  CHECK_FALSE(fs::exists(folder / "d.sock"));
}

TEST_CASE("a folder that cannot be is named") {
  DaemonFolder folder;
  std::ofstream(folder / "file") << "x";
  const StartFailure failure =
      run_failing(folder.command("d", {"--db", (folder / "file" / "d.db").string()}));
  CHECK(failure.exit_code == 5);
  CHECK_THAT(failure.message, ContainsSubstring("file"));
}

TEST_CASE("an unknown kind of store is named") {
  DaemonFolder folder;
  const StartFailure failure = run_failing(folder.command("d", {"--db", "postgresql://host/db"}));
  CHECK(failure.code == "invalid_value");
  CHECK_THAT(failure.message, ContainsSubstring("postgresql"));
}

TEST_CASE("a wrong argument is named on stderr, exit code 2") {
  DaemonFolder folder;
  const Finished finished = run(folder.command("d", {"--frobnicate"}));
  CHECK(finished.exit_code == 2);
  CHECK_THAT(finished.err, ContainsSubstring("--frobnicate"));
}

TEST_CASE("a daemon keeps nothing open that it inherited") {
  DaemonFolder folder;
  const fs::path marker = folder / "marker";
  Command command = folder.command();
  std::string line = "exec 5>'" + marker.string() + "' 77>&5; exec";
  for (const std::string& word : command.argv) line += " '" + word + "'";
  command.argv = {"/bin/bash", "-c", line};
  Process daemon(command);
  REQUIRE(daemon.read_line() == "ready");
  const fs::path descriptors = "/proc/" + std::to_string(daemon.pid()) + "/fd";
  for (const auto& entry : fs::directory_iterator(descriptors)) {
    std::error_code gone;
    CHECK(fs::read_symlink(entry.path(), gone) != marker);
  }
}

TEST_CASE("systemd is told when the daemon serves and when it ends") {
  DaemonFolder folder;
  const util::Fd supervisor = bound_socket(folder / "notify", SOCK_DGRAM);
  const auto receive = [&] {
    char text[256];
    const ssize_t size = ::recv(supervisor.get(), text, sizeof text, 0);
    return std::string(text, static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
  };
  Command command = folder.command();
  command.environment["NOTIFY_SOCKET"] = (folder / "notify").string();
  Process daemon(command);
  CHECK(receive() == "READY=1\n");
  daemon.signal(SIGHUP);
  CHECK_THAT(receive(), StartsWith("RELOADING=1\nMONOTONIC_USEC="));
  CHECK(receive() == "READY=1\n");
  daemon.signal(SIGTERM);
  CHECK(receive() == "STOPPING=1\n");
  CHECK(daemon.wait().exit_code == 0);
}

TEST_CASE("a socket from systemd is served and stays when the daemon ends") {
  DaemonFolder folder;
  const util::Fd socket = bound_socket(folder / "d.sock", SOCK_STREAM);
  REQUIRE(::listen(socket.get(), 16) == 0);
  Command command = folder.command();
  // LISTEN_PID is the pid the daemon will have, so the child itself has to set it.
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::dup2(socket.get(), 3);
    ::fcntl(3, F_SETFD, 0);
    std::vector<std::string> text{"LISTEN_FDS=1", "LISTEN_PID=" + std::to_string(::getpid())};
    for (const auto& [name, value] : command.environment) text.push_back(name + "=" + value);
    std::vector<char*> environment;
    for (auto& each : text) environment.push_back(each.data());
    environment.push_back(nullptr);
    command.argv.erase(command.argv.begin() + 1, command.argv.begin() + 3);  // --ready-fd 1
    std::vector<char*> argv;
    for (auto& each : command.argv) argv.push_back(each.data());
    argv.push_back(nullptr);
    ::execve(argv[0], argv.data(), environment.data());
    ::_exit(127);
  }
  // The backlog holds the request until the daemon serves it.
  CHECK(folder.http({.target = "/api/v1/health"}).status == 200);
  ::kill(pid, SIGTERM);
  int status = 0;
  REQUIRE(::waitpid(pid, &status, 0) == pid);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  CHECK(fs::exists(folder / "d.sock"));
}

}  // namespace taskman::test
