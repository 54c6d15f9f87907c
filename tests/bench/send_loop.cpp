#include "tests/bench/send_loop.hpp"

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>
#include <vector>

namespace taskman::bench {
namespace {

[[noreturn]] void run(int listener, int control, std::size_t count, const std::string& block) {
  std::vector<int> sockets;
  while (sockets.size() < count)
    sockets.push_back(::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC));
  char byte = 0;
  while (::read(control, &byte, 1) == 1) {
    for (const int fd : sockets)
      ::send(fd, block.data(), block.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  }
  ::_exit(0);
}

}  // namespace

SendLoop::SendLoop(const Target& target, std::size_t count, const std::string& block)
    : target_(target) {
  const int listener = listen_on(target_);
  std::array<int, 2> control{};
  if (::pipe(control.data()) != 0) throw std::runtime_error("no pipe");
  pid_ = ::fork();
  if (pid_ == 0) {
    ::close(control[1]);
    run(listener, control[0], count, block);
  }
  ::close(listener);
  ::close(control[0]);
  control_ = control[1];
}

SendLoop::~SendLoop() {
  ::close(control_);
  ::kill(pid_, SIGTERM);
  ::waitpid(pid_, nullptr, 0);
}

void SendLoop::send() const {
  if (::write(control_, "x", 1) != 1) throw std::runtime_error("the floor is gone");
}

}  // namespace taskman::bench
