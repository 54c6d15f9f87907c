#include "cli/commands/frame_command.hpp"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include "common/error/error.hpp"
#include "common/util/fd.hpp"
#include "common/util/text.hpp"

namespace taskman::cli {
namespace {

using error::Code;
using error::Error;

[[noreturn]] void fail(const std::string& what, int number) {
  throw Error(Code::kStorageUnavailable, what + ": " + std::strerror(number));
}

/// A file rather than a pipe: a command that does not read it holds nobody up.
util::Fd file_of(std::string_view text) {
  util::Fd fd(::memfd_create("frame", MFD_CLOEXEC));
  if (!fd) fail("cannot keep a frame for --exec", errno);
  for (std::string_view rest = text; !rest.empty();) {
    const ssize_t written = ::write(fd.get(), rest.data(), rest.size());
    if (written < 0 && errno != EINTR) fail("cannot keep a frame for --exec", errno);
    if (written > 0) rest.remove_prefix(static_cast<std::size_t>(written));
  }
  ::lseek(fd.get(), 0, SEEK_SET);
  return fd;
}

/// Never returns. Signals are as a command expects them: ours come out of a descriptor.
[[noreturn]] void become(const char* line, int input) {
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::signal(SIGPIPE, SIG_DFL);
  ::dup2(input, STDIN_FILENO);
  ::execl("/bin/sh", "sh", "-c", line, nullptr);
  ::_exit(127);
}

pid_t start(const std::string& line, int input) {
  const pid_t pid = ::fork();
  if (pid < 0) fail("cannot start the command of --exec", errno);
  if (pid == 0) become(line.c_str(), input);
  return pid;
}

int wait_for(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0) {
    if (errno != EINTR) fail("cannot wait for the command of --exec", errno);
  }
  return status;
}

}  // namespace

void FrameCommand::run(const std::string& frame) const {
  const util::Fd input = file_of(frame + "\n");
  const int status = wait_for(start(line_, input.get()));
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return;
  const std::string how = WIFEXITED(status)
                              ? "ended with exit code " + std::to_string(WEXITSTATUS(status))
                              : "was ended by signal " + std::to_string(WTERMSIG(status));
  throw Error(Code::kConflict, "--exec: '" + util::escape_for_terminal(line_) + "' " + how);
}

}  // namespace taskman::cli
