#include "daemon/hooks/command_run.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "common/util/text.hpp"
#include "daemon/hooks/command_environment.hpp"

namespace taskman::hooks {
namespace {

constexpr std::size_t kMostPrinted = 4096;  // bytes of one run that are logged
constexpr std::size_t kLongestLine = 200;

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

}  // namespace

CommandRun::CommandRun(const CommandWorld& world, const Delivery& delivery, Done done)
    : loop_(world.loop),
      options_(world.options),
      hook_(delivery.hook),
      rev_(delivery.rev),
      done_(std::move(done)) {
  start(delivery, world.lock.fd());
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
  control_.reset();
  ::waitpid(pid_, nullptr, 0);
  loop_.remove(ended_.get());
  if (output_) loop_.remove(output_.get());
}

void CommandRun::start(const Delivery& delivery, int lock) {
  const util::Fd input = file_of(delivery.frame + "\n");
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail("cannot make a pipe");
  output_ = util::Fd(ends[0]);
  const util::Fd output(ends[1]);
  ::fcntl(output_.get(), F_SETFL, O_NONBLOCK);
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
    fail("cannot make a pipe");
  control_ = util::Fd(ends[0]);
  const util::Fd control(ends[1]);
  auto lines = command_environment(options_.url, delivery);
  std::vector<char*> environment;
  for (std::string& line : lines) environment.push_back(line.data());
  environment.push_back(nullptr);
  const SupervisorPlan plan{.line = delivery.target.c_str(),
                            .environment = environment.data(),
                            .folder = options_.folder.c_str(),
                            .input = input.get(),
                            .output = output.get(),
                            .control = control.get(),
                            .lock = lock};
  pid_ = ::fork();
  if (pid_ < 0) fail("cannot start a process");
  if (pid_ == 0) supervise(plan);
  // glibc 2.36 declares pidfd_open() for C only.
  ended_ = util::Fd(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
  if (ended_) return;
  const int reason = errno;
  control_.reset();
  ::waitpid(pid_, nullptr, 0);
  throw std::system_error(reason, std::generic_category(), "cannot wait for a process");
}

void CommandRun::end() {
  loop_.cancel(timer_);
  ask_to_end();
}

void CommandRun::ask_to_end() {
  if (control_) ::send(control_.get(), "e", 1, MSG_NOSIGNAL | MSG_DONTWAIT);
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
  SupervisorReport report;
  const bool is_told = ::recv(control_.get(), &report, sizeof report, MSG_DONTWAIT) ==
                       static_cast<ssize_t>(sizeof report);
  log_run(report);
  if (is_told) return done_(outcome_of(report));
  done_(failed(fmt::format("was lost: its supervisor was ended by signal {}", WTERMSIG(status))));
}

void CommandRun::log_run(const SupervisorReport& report) const {
  if (!options_.log) return;
  const auto tell = [this](std::string_view text, std::string_view field, std::string value) {
    options_.log({util::LogLevel::kInfo,
                  text,
                  {{"hook", std::to_string(hook_.value)},
                   {"rev", std::to_string(rev_)},
                   {field, std::move(value)}}});
  };
  if (!printed_.empty()) tell("a hook printed", "text", printed_ + (printed_more_ ? " …" : ""));
  if (report.left)
    tell("a hook ended and left something running", "reason", "what a hook leaves behind is ended");
}

Outcome CommandRun::outcome_of(const SupervisorReport& report) const {
  const int status = report.status;
  if (report.failure != 0)
    return failed(std::string("cannot start a process: ") + std::strerror(report.failure));
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  if (out_of_time_) {
    return failed(fmt::format("took longer than {:g} s",
                              std::chrono::duration<double>(options_.limit).count()));
  }
  if (WIFSIGNALED(status)) return failed(fmt::format("was ended by signal {}", WTERMSIG(status)));
  return failed(fmt::format("ended with exit code {}", WEXITSTATUS(status)));
}

Outcome CommandRun::failed(std::string error) const {
  if (const std::string said = last_line(); !said.empty()) error += ": " + said;
  return {.kind = Outcome::Kind::kFailed, .error = std::move(error)};
}

std::string CommandRun::last_line() const {
  const std::string_view text = util::trim(printed_);
  const auto line = util::trim(text.substr(text.rfind('\n') + 1));
  return util::fit(util::escape_for_terminal(line), kLongestLine);
}

}  // namespace taskman::hooks
