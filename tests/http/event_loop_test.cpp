#include "daemon/net/event_loop.hpp"

#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <functional>
#include <thread>
#include <vector>

#include "support/catch.hpp"

namespace taskman::test {
namespace {

using std::chrono::milliseconds;

struct Handler final : net::EventHandler {
  std::function<void()> then;
  int calls = 0;
  void on_ready(std::uint32_t) override {
    ++calls;
    if (then) then();
  }
};

util::Fd ready_fd() { return util::Fd(::eventfd(1, EFD_CLOEXEC | EFD_NONBLOCK)); }

}  // namespace

TEST_CASE("timers fire in the order they are due, cancelled ones never") {
  net::EventLoop loop;
  std::vector<int> fired;
  loop.call_after(milliseconds(3), [&] {
    fired.push_back(3);
    loop.stop();
  });
  const auto cancelled = loop.call_after(milliseconds(2), [&] { fired.push_back(2); });
  loop.call_after(milliseconds(1), [&] {
    fired.push_back(1);
    loop.cancel(cancelled);
  });
  loop.run();
  CHECK(fired == std::vector<int>{1, 3});
  loop.cancel(cancelled);
  loop.cancel({});
}

TEST_CASE("a timer may set and cancel timers") {
  net::EventLoop loop;
  int left = 5;
  std::function<void()> again = [&] {
    --left > 0 ? void(loop.call_after(milliseconds(0), again)) : loop.stop();
  };
  loop.call_after(milliseconds(0), again);
  loop.run();
  CHECK(left == 0);
}

TEST_CASE("tasks from other threads run in order, on the loop's thread") {
  net::EventLoop loop;
  std::vector<int> seen;
  std::thread::id ran_on;
  std::thread poster([&] {
    for (int i = 0; i < 1000; ++i) {
      loop.post([&, i] {
        seen.push_back(i);
        ran_on = std::this_thread::get_id();
      });
    }
    loop.stop();
  });
  loop.run();
  poster.join();
  REQUIRE(seen.size() == 1000);
  CHECK(std::ranges::is_sorted(seen));
  CHECK(ran_on == std::this_thread::get_id());
}

TEST_CASE("a descriptor removed by another's callback is told nothing more") {
  net::EventLoop loop;
  std::vector<util::Fd> fds;
  std::vector<Handler> handlers(8);
  for (Handler& handler : handlers) {
    fds.push_back(ready_fd());
    loop.add(fds.back().get(), EPOLLIN | EPOLLET, handler);
    handler.then = [&] {
      for (const util::Fd& fd : fds) loop.remove(fd.get());
      loop.stop();
    };
  }
  loop.run();
  int calls = 0;
  for (const Handler& handler : handlers) calls += handler.calls;
  CHECK(calls == 1);
}

TEST_CASE("a new descriptor with an old number is not told the old one's events") {
  net::EventLoop loop;
  util::Fd first = ready_fd();
  util::Fd second = ready_fd();
  util::Fd successor;
  Handler one;
  Handler two;
  Handler heir;
  loop.add(first.get(), EPOLLIN | EPOLLET, one);
  loop.add(second.get(), EPOLLIN | EPOLLET, two);
  const auto replace = [&](util::Fd& other) {
    const int number = other.get();
    loop.remove(number);
    other.reset();
    successor.reset(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    CHECK(successor.get() == number);
    loop.add(number, EPOLLIN | EPOLLET, heir);
    loop.call_after(milliseconds(1), [&] { loop.stop(); });
  };
  one.then = [&] { replace(second); };
  two.then = [&] { replace(first); };
  loop.run();
  CHECK(one.calls + two.calls == 1);
  CHECK(heir.calls == 0);
}

TEST_CASE("a loop with nothing due does not wake") {
  net::EventLoop loop;
  loop.call_after(std::chrono::hours(1), [] {});
  std::uint64_t before = 0;
  std::uint64_t after = 0;
  loop.call_after(milliseconds(1), [&] {
    before = loop.wakeups();
    loop.call_after(milliseconds(200), [&] {
      after = loop.wakeups();
      loop.stop();
    });
  });
  loop.run();
  CHECK(after == before + 1);  // the timer that looks
}

}  // namespace taskman::test
