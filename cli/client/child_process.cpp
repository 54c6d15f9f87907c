#include "cli/client/child_process.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "cli/client/interrupts.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"

namespace taskman::client {
namespace {

using error::Code;
using error::Error;

constexpr std::chrono::seconds kPatience{5};

Error failure(const std::string& what, int number) {
  return {Code::kInternal, what + ": " + std::strerror(number)};
}

/// Blocked, they come out of the descriptor.
util::Fd catch_signals(sigset_t& before) {
  ::signal(SIGCHLD, SIG_DFL);  // who ignores it is not told how a child ended
  sigset_t set;
  ::sigemptyset(&set);
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGCHLD})
    if (!is_ignored(number)) ::sigaddset(&set, number);
  ::sigprocmask(SIG_BLOCK, &set, &before);
  return util::Fd(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
}

bool asks_to_end(int number) { return number != SIGCHLD && number != SIGUSR1 && number != SIGUSR2; }

/// Never returns. Signals are as a program expects them: ours come out of a descriptor.
[[noreturn]] void become(const ChildStart& start, const sigset_t& mask, int failed) {
  std::vector<std::string> words = start.words;
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  for (const auto& [name, value] : start.environment) ::setenv(name.c_str(), value.c_str(), 1);
  ::signal(SIGPIPE, SIG_DFL);
  ::sigprocmask(SIG_SETMASK, &mask, nullptr);
  ::execvp(argv.front(), argv.data());
  const int number = errno;
  const ssize_t told = ::write(failed, &number, sizeof number);
  ::_exit(told < 0 ? 126 : 127);
}

/// Whoever kills us cannot be asked to end it first.
void end_with(pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::getppid() != parent) ::_exit(127);
}

[[noreturn]] void refuse_start(const std::string& program, int number) {
  const std::string name = "'" + util::escape_for_terminal(program) + "'";
  if (number == ENOENT)
    throw Error(Code::kNotFound, "no program " + name, "give its path, or put it on PATH");
  throw Error(Code::kUsage, "cannot run " + name + ": " + std::strerror(number));
}

}  // namespace

ChildProcess::ChildProcess(const ChildStart& start)
    : leads_group_(::isatty(STDIN_FILENO) == 0), signals_(catch_signals(before_)) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw failure("cannot start a command", errno);
  const util::Fd reading(ends[0]);
  util::Fd writing(ends[1]);
  const pid_t self = ::getpid();
  pid_ = ::fork();
  if (pid_ < 0) throw failure("cannot start a command", errno);
  if (pid_ == 0) {
    if (leads_group_) ::setpgid(0, 0);
    end_with(self);
    become(start, before_, writing.get());
  }
  if (leads_group_) ::setpgid(pid_, pid_);  // whoever of the two comes first
  writing.reset();
  int number = 0;
  if (::read(reading.get(), &number, sizeof number) != static_cast<ssize_t>(sizeof number)) return;
  wait(Deadline::never());
  ::sigprocmask(SIG_SETMASK, &before_, nullptr);
  refuse_start(start.words.front(), number);
}

ChildProcess::~ChildProcess() {
  if (!ended_) end();
  ::sigprocmask(SIG_SETMASK, &before_, nullptr);
}

bool ChildProcess::wait(const Deadline& deadline) {
  while (!reap()) {
    pollfd waiting{signals_.get(), POLLIN, 0};
    if (::poll(&waiting, 1, deadline.poll_timeout()) == 0) return false;
    while (const auto info = next_signal()) {
      const int number = static_cast<int>(info->ssi_signo);
      if (number != SIGCHLD) pass_on(number, info->ssi_code == SI_KERNEL);
    }
  }
  return true;
}

int ChildProcess::told_since() {
  int told = 0;
  while (const auto info = next_signal()) {
    const int number = static_cast<int>(info->ssi_signo);
    if (asks_to_end(number)) told = number;
  }
  return told;
}

std::optional<signalfd_siginfo> ChildProcess::next_signal() {
  signalfd_siginfo info{};
  if (::read(signals_.get(), &info, sizeof info) != static_cast<ssize_t>(sizeof info))
    return std::nullopt;
  return info;
}

void ChildProcess::end() {
  send(SIGTERM);
  send(SIGCONT);  // what is stopped hears nothing
  if (!wait(Deadline::after(kPatience))) send(SIGKILL);
  wait(Deadline::never());
}

int ChildProcess::exit_code() const {
  constexpr int kBySignal = 128;
  return WIFEXITED(status_) ? WEXITSTATUS(status_) : kBySignal + WTERMSIG(status_);
}

/// A key of the terminal reached the whole group already.
void ChildProcess::pass_on(int number, bool from_terminal) {
  if (asks_to_end(number)) told_ = number;
  if (leads_group_ || !from_terminal) send(number);
}

void ChildProcess::send(int number) const { ::kill(leads_group_ ? -pid_ : pid_, number); }

bool ChildProcess::reap() {
  if (!ended_) ended_ = ::waitpid(pid_, &status_, WNOHANG) == pid_;
  return ended_;
}

}  // namespace taskman::client
