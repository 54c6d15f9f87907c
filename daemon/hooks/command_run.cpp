#include "daemon/hooks/command_run.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

#include "common/util/environment.hpp"
#include "common/util/text.hpp"

namespace taskman::hooks {
namespace {

constexpr std::size_t kMostPrinted = 4096;  // bytes of one run that are logged
constexpr std::size_t kLongestLine = 200;
constexpr std::chrono::seconds kGrace{2};  // from TERM to KILL

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

/// A file rather than a pipe: a command that does not read it holds nobody up.
util::Fd file_of(std::string_view text) {
  util::Fd fd(::memfd_create("frame", MFD_CLOEXEC));
  if (!fd) fail("cannot keep a frame");
  for (std::string_view rest = text; !rest.empty();) {
    const ssize_t written = ::write(fd.get(), rest.data(), rest.size());
    if (written < 0 && errno != EINTR) fail("cannot keep a frame");
    if (written > 0) rest.remove_prefix(static_cast<std::size_t>(written));
  }
  ::lseek(fd.get(), 0, SEEK_SET);
  return fd;
}

/// All the child needs, made before the fork: other threads of ours may hold any lock.
struct Plan {
  const char* line;
  char* const* environment;
  const char* folder;
  int input;
  int output;
};

/// Never returns. Only what POSIX allows between fork and exec.
[[noreturn]] void become(const Plan& plan) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::signal(SIGPIPE, SIG_DFL);
  ::signal(SIGXFSZ, SIG_DFL);
  ::dup2(plan.input, STDIN_FILENO);
  ::dup2(plan.output, STDOUT_FILENO);
  ::dup2(plan.output, STDERR_FILENO);
  ::close_range(STDERR_FILENO + 1, ~0U, 0);
  if (::chdir(plan.folder) != 0 && ::chdir("/") != 0) ::_exit(126);
  const std::array<const char*, 4> words{"sh", "-c", plan.line, nullptr};
  ::execve("/bin/sh", const_cast<char* const*>(words.data()), plan.environment);
  ::_exit(127);
}

std::vector<std::string> environment_for(const CommandOptions& options, const Delivery& delivery) {
  auto changes = options.environment;
  changes.emplace_back("TASKMAN_HOOK_ID", std::to_string(delivery.hook.value));
  changes.emplace_back("TASKMAN_REV", std::to_string(delivery.rev));
  changes.emplace_back("TASKMAN_ACTOR", delivery.actor);
  return util::environment_with(changes);
}

}  // namespace

CommandRun::CommandRun(net::EventLoop& loop, const CommandOptions& options,
                       const Delivery& delivery, Done done)
    : loop_(loop),
      options_(options),
      hook_(delivery.hook),
      rev_(delivery.rev),
      done_(std::move(done)) {
  start(delivery);
  loop_.add(ended_.get(), EPOLLIN, *this);
  loop_.add(output_.get(), EPOLLIN, *this);
  timer_ = loop_.call_after(options_.limit, [this] {
    out_of_time_ = true;
    ask_to_end();
  });
}

CommandRun::~CommandRun() {
  loop_.cancel(timer_);
  if (pid_ < 0) return;
  signal(SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  loop_.remove(ended_.get());
  if (output_) loop_.remove(output_.get());
}

void CommandRun::start(const Delivery& delivery) {
  const util::Fd input = file_of(delivery.frame + "\n");
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail("cannot make a pipe");
  output_ = util::Fd(ends[0]);
  const util::Fd output(ends[1]);
  ::fcntl(output_.get(), F_SETFL, O_NONBLOCK);
  auto lines = environment_for(options_, delivery);
  std::vector<char*> environment;
  for (std::string& line : lines) environment.push_back(line.data());
  environment.push_back(nullptr);
  const Plan plan{.line = delivery.target.c_str(),
                  .environment = environment.data(),
                  .folder = options_.folder.c_str(),
                  .input = input.get(),
                  .output = output.get()};
  pid_ = ::fork();
  if (pid_ < 0) fail("cannot start a process");
  if (pid_ == 0) become(plan);
  ::setpgid(pid_, pid_);  // here too: whoever comes first
  // glibc 2.36 declares pidfd_open() for C only.
  ended_ = util::Fd(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
  if (ended_) return;
  const int reason = errno;
  signal(SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  throw std::system_error(reason, std::generic_category(), "cannot wait for a process");
}

/// The group: what the shell started ends with it.
void CommandRun::signal(int number) const { ::kill(-pid_, number); }

void CommandRun::end() {
  loop_.cancel(timer_);
  ask_to_end();
}

void CommandRun::ask_to_end() {
  if (pid_ < 0) return;
  signal(SIGTERM);
  timer_ = loop_.call_after(kGrace, [this] {
    if (pid_ >= 0) signal(SIGKILL);
  });
}

void CommandRun::on_ready(std::uint32_t) {
  if (output_) gather();
  int status = 0;
  if (pid_ >= 0 && ::waitpid(pid_, &status, WNOHANG) == pid_) finish(status);
}

void CommandRun::gather() {
  std::array<char, 4096> piece{};
  // One that prints without end gets no more than a turn of the loop.
  for (int turn = 0; turn < 16; ++turn) {
    const ssize_t count = ::read(output_.get(), piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return;
    if (count == 0) {
      loop_.remove(output_.get());
      output_.reset();
      return;
    }
    const auto room = std::min(kMostPrinted - printed_.size(), static_cast<std::size_t>(count));
    printed_.append(piece.data(), room);
    printed_more_ = printed_more_ || room < static_cast<std::size_t>(count);
  }
}

void CommandRun::finish(int status) {
  pid_ = -1;
  loop_.cancel(timer_);
  loop_.remove(ended_.get());
  if (output_) loop_.remove(output_.get());
  if (options_.log && !printed_.empty()) {
    options_.log({util::LogLevel::kInfo,
                  "a hook printed",
                  {{"hook", std::to_string(hook_.value)},
                   {"rev", std::to_string(rev_)},
                   {"text", printed_ + (printed_more_ ? " …" : "")}}});
  }
  done_(outcome_of(status));
}

Outcome CommandRun::outcome_of(int status) const {
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  std::string error =
      out_of_time_        ? fmt::format("took longer than {:g} s",
                                        std::chrono::duration<double>(options_.limit).count())
      : WIFEXITED(status) ? fmt::format("ended with exit code {}", WEXITSTATUS(status))
                          : fmt::format("was ended by signal {}", WTERMSIG(status));
  if (const std::string said = last_line(); !said.empty()) error += ": " + said;
  return {.kind = Outcome::Kind::kFailed, .error = std::move(error)};
}

std::string CommandRun::last_line() const {
  const std::string_view text = util::trim(printed_);
  const auto line = util::trim(text.substr(text.rfind('\n') + 1));
  return util::fit(util::escape_for_terminal(line), kLongestLine);
}

}  // namespace taskman::hooks
