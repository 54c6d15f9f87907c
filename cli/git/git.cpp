#include "cli/git/git.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "common/error/error.hpp"
#include "common/util/fd.hpp"
#include "common/util/text.hpp"

namespace taskman::git {
namespace {

using error::Code;
using error::Error;

constexpr int kNoProgram = 127;

[[noreturn]] void fail(const std::string& what) {
  throw Error(Code::kInternal, "cannot run git: " + what + ": " + std::strerror(errno));
}

/// Files rather than pipes: a hook of git's may leave a process behind that keeps them open.
util::Fd scratch_file() {
  util::Fd fd(::memfd_create("git", MFD_CLOEXEC));
  if (!fd) fail("no file for its output");
  return fd;
}

util::Fd file_of(std::string_view text) {
  util::Fd fd = scratch_file();
  while (!text.empty()) {
    const ssize_t written = ::write(fd.get(), text.data(), text.size());
    if (written < 0 && errno != EINTR) fail("cannot keep its input");
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
  ::lseek(fd.get(), 0, SEEK_SET);
  return fd;
}

std::string content_of(const util::Fd& fd) {
  ::lseek(fd.get(), 0, SEEK_SET);
  std::string content;
  std::array<char, 16384> part{};
  for (;;) {
    const ssize_t got = ::read(fd.get(), part.data(), part.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("cannot read its output");
    if (got == 0) return content;
    content.append(part.data(), static_cast<std::size_t>(got));
  }
}

/// Never returns. Only calls that are safe between fork and exec.
[[noreturn]] void become(char* const* argv, const std::array<int, 3>& streams) {
  for (int i = 0; i < 3; ++i) ::dup2(streams[static_cast<std::size_t>(i)], i);
  ::signal(SIGPIPE, SIG_DFL);
  ::execvp(argv[0], argv);
  ::_exit(kNoProgram);
}

int wait_for(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0) {
    if (errno != EINTR) fail("cannot wait for it");
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Answer run(const Words& words, std::string_view input) {
  const util::Fd in = file_of(input);
  const util::Fd out = scratch_file();
  const util::Fd err = scratch_file();
  std::string program = "git";
  Words arguments = words;
  std::vector<char*> argv{program.data()};
  for (auto& word : arguments) argv.push_back(word.data());
  argv.push_back(nullptr);
  ::signal(SIGCHLD, SIG_DFL);  // who ignores it is not told how a child ended
  const pid_t pid = ::fork();
  if (pid < 0) fail("no process");
  if (pid == 0) become(argv.data(), {in.get(), out.get(), err.get()});
  const int exit_code = wait_for(pid);
  if (exit_code == kNoProgram)
    throw Error(Code::kNotFound, "there is no git on PATH", "install git");
  return {.exit_code = exit_code, .out = content_of(out), .err = content_of(err)};
}

std::string reason_of(const Answer& answer) {
  std::string reason;
  for (auto line : lines_of(answer.err)) {
    for (const std::string_view word : {"error: ", "fatal: "}) {
      if (line.starts_with(word)) line.remove_prefix(word.size());
    }
    line = util::trim(line);
    if (line.empty() || line == "Aborting") continue;
    reason.append(reason.empty() ? "" : " ").append(line);
  }
  if (!reason.empty()) return reason;
  return "git ended with exit code " + std::to_string(answer.exit_code);
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace taskman::git
