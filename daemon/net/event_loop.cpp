#include "daemon/net/event_loop.hpp"

#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <system_error>

namespace taskman::net {
namespace {

constexpr std::size_t kBatch = 256;

// The generation in the tag tells an event of a removed descriptor from one of its successor.
std::uint64_t make_tag(int fd, std::uint32_t generation) {
  return std::uint64_t{generation} << 32 | static_cast<std::uint32_t>(fd);
}

[[noreturn]] void throw_errno(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

EventLoop::EventLoop()
    : epoll_(::epoll_create1(EPOLL_CLOEXEC)), wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (!epoll_) throw_errno("epoll_create1");
  if (!wake_) throw_errno("eventfd");
  slots_.resize(static_cast<std::size_t>(wake_.get()) + 1);
  control(EPOLL_CTL_ADD, wake_.get(), EPOLLIN | EPOLLET);
}

EventLoop::~EventLoop() = default;

void EventLoop::control(int operation, int fd, std::uint32_t events) const {
  epoll_event event{};
  event.events = events;
  event.data.u64 = make_tag(fd, slots_[static_cast<std::size_t>(fd)].generation);
  if (::epoll_ctl(epoll_.get(), operation, fd, &event) < 0) throw_errno("epoll_ctl");
}

void EventLoop::add(int fd, std::uint32_t events, EventHandler& handler) {
  const auto index = static_cast<std::size_t>(fd);
  if (index >= slots_.size()) slots_.resize(index + 1);
  ++slots_[index].generation;
  control(EPOLL_CTL_ADD, fd, events);
  slots_[index].handler = &handler;
}

void EventLoop::modify(int fd, std::uint32_t events) { control(EPOLL_CTL_MOD, fd, events); }

void EventLoop::remove(int fd) {
  Slot& slot = slots_.at(static_cast<std::size_t>(fd));
  if (slot.handler == nullptr) return;
  slot.handler = nullptr;
  ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, fd, nullptr);
}

EventLoop::Timer EventLoop::call_at(Clock::time_point due, Task task) {
  const Timer timer{due, ++last_timer_};
  timers_.emplace(timer, std::move(task));
  return timer;
}

void EventLoop::cancel(const Timer& timer) { timers_.erase(timer); }

void EventLoop::post(Task task) {
  bool asleep = false;
  {
    const std::lock_guard lock(mutex_);
    inbox_.tasks.push_back(std::move(task));
    asleep = std::exchange(inbox_.sleeping, false);
  }
  // A loop that is awake looks into its inbox before it sleeps: no system call then.
  if (asleep) ::eventfd_write(wake_.get(), 1);
}

void EventLoop::stop() {
  post([this] { stopping_ = true; });
}

void EventLoop::run() {
  std::array<epoll_event, kBatch> batch{};
  while (!stopping_) {
    const int count = ::epoll_wait(epoll_.get(), batch.data(), kBatch, sleep_milliseconds());
    if (count < 0 && errno != EINTR) throw_errno("epoll_wait");
    wakeups_.fetch_add(1, std::memory_order_relaxed);
    for (int i = 0; i < count; ++i) {
      const epoll_event& event = batch[static_cast<std::size_t>(i)];
      dispatch(event.data.u64, event.events);
    }
    run_timers();
    run_posted();
  }
  stopping_ = false;
}

void EventLoop::dispatch(std::uint64_t tag, std::uint32_t events) {
  const auto fd = static_cast<std::uint32_t>(tag);
  if (fd == static_cast<std::uint32_t>(wake_.get())) return clear_wake();
  const Slot& slot = slots_[fd];
  if (slot.handler == nullptr || make_tag(static_cast<int>(fd), slot.generation) != tag) return;
  slot.handler->on_ready(events);
}

void EventLoop::clear_wake() const {
  eventfd_t ignored = 0;
  ::eventfd_read(wake_.get(), &ignored);
}

void EventLoop::run_timers() {
  if (timers_.empty()) return;
  const auto now = Clock::now();
  while (!timers_.empty() && timers_.begin()->first.due <= now) {
    const auto due = timers_.extract(timers_.begin());  // first, so that the task may set it anew
    due.mapped()();
  }
}

void EventLoop::run_posted() {
  std::vector<Task> tasks;
  {
    const std::lock_guard lock(mutex_);
    inbox_.sleeping = false;
    tasks.swap(inbox_.tasks);
  }
  for (const Task& task : tasks) task();
}

int EventLoop::sleep_milliseconds() {
  {
    const std::lock_guard lock(mutex_);
    if (!inbox_.tasks.empty()) return 0;
    inbox_.sleeping = true;
  }
  if (timers_.empty()) return -1;
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(timers_.begin()->first.due - Clock::now());
  if (left.count() <= 0) return 0;
  return left.count() < INT_MAX ? static_cast<int>(left.count()) : INT_MAX;
}

}  // namespace taskman::net
