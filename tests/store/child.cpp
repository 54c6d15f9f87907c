#include "store/child.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <iterator>
#include <stdexcept>

#include "support/sanitizer.hpp"

namespace taskman::test {

Child::Child(const std::function<int(int output)>& body) {
  // Whatever another thread holds at this instant, a sanitizer's lock for one, is held for ever in
  // the child.
  const std::filesystem::directory_iterator threads("/proc/self/task");
  if (std::distance(begin(threads), end(threads)) != kThreadsAtStart) {
    throw std::logic_error("a test forks beside its own threads");
  }
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
  pid_ = ::fork();
  if (pid_ < 0) throw std::runtime_error("no fork");
  if (pid_ == 0) {
    ::close(ends[0]);
    int code = 99;
    try {
      code = body(ends[1]);
    } catch (const std::exception& failure) {
      std::fprintf(stderr, "child: %s\n", failure.what());
    }
    ::_exit(code);
  }
  ::close(ends[1]);
  output_.reset(ends[0]);
}

Child::~Child() {
  if (pid_ < 0) return;
  kill();
  wait();
}

std::string Child::read_line() {
  for (;;) {
    if (const auto end = buffer_.find('\n'); end != std::string::npos) {
      std::string line = buffer_.substr(0, end);
      buffer_.erase(0, end + 1);
      return line;
    }
    std::array<char, 4096> bytes{};
    const ssize_t count = ::read(output_.get(), bytes.data(), bytes.size());
    if (count <= 0) return {};
    buffer_.append(bytes.data(), static_cast<std::size_t>(count));
  }
}

void Child::kill() { ::kill(pid_, SIGKILL); }

int Child::wait() {
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int in_child(const std::function<int()>& body) {
  return Child([&](int) { return body(); }).wait();
}

}  // namespace taskman::test
