#include "support/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace taskman::test {
namespace {

using std::chrono::steady_clock;

struct Pipe {
  util::Fd read, write;
};

Pipe make_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0)
    throw std::system_error(errno, std::generic_category(), "pipe2");
  return {util::Fd(ends[0]), util::Fd(ends[1])};
}

void set_nonblocking(const util::Fd& fd) {
  ::fcntl(fd.get(), F_SETFL, ::fcntl(fd.get(), F_GETFL) | O_NONBLOCK);
}

int milliseconds_until(steady_clock::time_point until) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - steady_clock::now());
  return left.count() > 0 ? static_cast<int>(left.count()) : 0;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (auto& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

/// Reads what is there; closes the descriptor at its end.
void drain(util::Fd& fd, std::string& into) {
  char buffer[65536];
  const ssize_t got = ::read(fd.get(), buffer, sizeof buffer);
  if (got > 0) into.append(buffer, static_cast<std::size_t>(got));
  if (got == 0) fd.reset();
}

/// Writes what the pipe takes; closes it when all is written or nobody reads.
void feed(util::Fd& fd, std::string& rest) {
  const ssize_t put = rest.empty() ? 0 : ::write(fd.get(), rest.data(), rest.size());
  if (put > 0) rest.erase(0, static_cast<std::size_t>(put));
  if (rest.empty() || (put < 0 && errno != EAGAIN)) fd.reset();
}

}  // namespace

Process::Process(const Command& command) : name_(command.argv.at(0)), input_(command.input) {
  // A program that does not read its input must not end the test program.
  ::signal(SIGPIPE, SIG_IGN);
  Pipe in = make_pipe(), out = make_pipe(), err = make_pipe();
  spawn(command, in.read.get(), out.write.get(), err.write.get());
  in_ = std::move(in.write);
  out_ = std::move(out.read);
  err_ = std::move(err.read);
  for (const auto* fd : {&in_, &out_, &err_}) set_nonblocking(*fd);
  if (input_.empty()) in_.reset();
}

void Process::spawn(const Command& command, int in, int out, int err) {
  std::vector<std::string> arguments = command.argv;
  std::vector<std::string> environment;
  for (const auto& [name, value] : command.environment) environment.push_back(name + "=" + value);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in, 0);
  posix_spawn_file_actions_adddup2(&actions, out, 1);
  posix_spawn_file_actions_adddup2(&actions, err, 2);
  if (!command.folder.empty()) {
    posix_spawn_file_actions_addchdir_np(&actions, command.folder.c_str());
  }
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
  sigset_t defaults;
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &defaults);

  const int error = ::posix_spawn(&pid_, name_.c_str(), &actions, &attributes,
                                  pointers(arguments).data(), pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (error != 0) {
    pid_ = -1;
    throw std::system_error(error, std::generic_category(), "cannot start " + name_);
  }
}

Process::~Process() {
  if (pid_ <= 0) return;
  ::kill(-pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

void Process::signal(int number) {
  if (pid_ > 0) ::kill(pid_, number);
}

std::string Process::read_line(std::chrono::milliseconds deadline) {
  const auto until = steady_clock::now() + deadline;
  while (true) {
    if (const auto end = finished_.out.find('\n'); end != std::string::npos) {
      std::string line = finished_.out.substr(0, end);
      finished_.out.erase(0, end + 1);
      return line;
    }
    if (!out_) fail("ended its output before a line came");
    if (steady_clock::now() >= until) fail("printed no line in time");
    gather(until);
  }
}

Finished Process::wait(std::chrono::milliseconds deadline) {
  const auto until = steady_clock::now() + deadline;
  while (out_ || err_) {
    if (steady_clock::now() >= until) fail("did not end in time, or left its output open");
    gather(until);
  }
  reap(until);
  return std::move(finished_);
}

/// One poll over the three pipes, and what it found.
void Process::gather(Instant until) {
  pollfd watched[] = {{in_.get(), POLLOUT, 0}, {out_.get(), POLLIN, 0}, {err_.get(), POLLIN, 0}};
  if (::poll(watched, 3, milliseconds_until(until)) <= 0) return;
  if (watched[0].revents != 0) feed(in_, input_);
  if (watched[1].revents != 0) drain(out_, finished_.out);
  if (watched[2].revents != 0) drain(err_, finished_.err);
}

void Process::reap(Instant until) {
  const util::Fd handle(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
  pollfd watched{handle.get(), POLLIN, 0};
  if (handle && ::poll(&watched, 1, milliseconds_until(until)) == 0) fail("did not end in time");
  int status = 0;
  if (::waitpid(pid_, &status, 0) != pid_) fail("cannot be waited for");
  ::kill(-pid_, SIGKILL);  // what it left in its group ends with it; a daemon has its own session
  pid_ = -1;
  if (WIFEXITED(status)) finished_.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) finished_.signal = WTERMSIG(status);
}

void Process::fail(std::string_view what) const {
  throw std::runtime_error(name_ + " " + std::string(what) + "\nstdout: " + finished_.out +
                           "\nstderr: " + finished_.err);
}

Finished run(const Command& command, std::chrono::milliseconds deadline) {
  return Process(command).wait(deadline);
}

}  // namespace taskman::test
