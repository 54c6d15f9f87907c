#include "cli/session/busy.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <utility>

namespace taskman::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto kUntilWorthALine = 300ms;
constexpr auto kBetweenDraws = 200ms;
constexpr std::string_view kClearLine = "\r\x1b[K";

void put(const std::string& text) { (void)!::write(STDERR_FILENO, text.data(), text.size()); }

bool can_draw(Session& session) {
  return session.terminal().err_is_terminal() && session.world().environment("TERM") != "dumb";
}

}  // namespace

Busy::Busy(Session& session, std::string doing) : doing_(std::move(doing)) {
  if (!can_draw(session)) return;
  // Signals are for the thread that works: what it holds back must not end us by way of this one.
  sigset_t all;
  sigset_t before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  drawer_ = std::thread([this] { draw_until_done(); });
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

Busy::~Busy() {
  if (!drawer_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  changed_.notify_one();
  drawer_.join();
}

void Busy::say(std::string doing) {
  const std::lock_guard lock(mutex_);
  doing_ = std::move(doing);
}

void Busy::draw_until_done() {
  const auto start = std::chrono::steady_clock::now();
  std::unique_lock lock(mutex_);
  if (changed_.wait_for(lock, kUntilWorthALine, [this] { return done_; })) return;
  do {
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    // The cursor waits at the line's start: whatever else is said takes the line over.
    put(fmt::format("{}{}… {:.0f} s\r", kClearLine, doing_, taken.count()));
  } while (!changed_.wait_for(lock, kBetweenDraws, [this] { return done_; }));
  put(std::string(kClearLine));
}

}  // namespace taskman::cli
