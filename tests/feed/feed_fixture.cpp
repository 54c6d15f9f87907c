#include "feed_fixture.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

#include <future>
#include <stdexcept>

#include "common/time/zone.hpp"
#include "common/wire/json.hpp"
#include "support/process.hpp"

namespace taskman::test {

std::string StreamEnd::read_block() { return read_until("\n\n"); }

std::string StreamEnd::read_line() {
  std::string line = read_until("\n");
  line.pop_back();
  return line;
}

std::string StreamEnd::read_until(std::string_view end) {
  std::size_t at = 0;
  while ((at = buffer_.find(end)) == std::string::npos) {
    if (!fill()) throw std::runtime_error("the stream ended after: " + buffer_);
  }
  std::string text = buffer_.substr(0, at + end.size());
  buffer_.erase(0, text.size());
  return text;
}

std::string StreamEnd::read_bytes(std::size_t count) {
  while (buffer_.size() < count) {
    if (!fill()) throw std::runtime_error("the stream ended");
  }
  std::string text = buffer_.substr(0, count);
  buffer_.erase(0, count);
  return text;
}

std::string StreamEnd::read_to_end() {
  while (fill()) {
  }
  return std::exchange(buffer_, {});
}

std::string StreamEnd::take_arrived() {
  char bytes[16 * 1024];
  for (ssize_t got = 0; (got = ::recv(fd_.get(), bytes, sizeof bytes, MSG_DONTWAIT)) > 0;) {
    buffer_.append(bytes, static_cast<std::size_t>(got));
  }
  return std::exchange(buffer_, {});
}

bool StreamEnd::fill() {
  pollfd waiting{fd_.get(), POLLIN, 0};
  if (::poll(&waiting, 1, static_cast<int>(kPatience.count())) <= 0) {
    throw std::runtime_error("nothing came; so far: " + buffer_);
  }
  char bytes[16 * 1024];
  const ssize_t got = ::recv(fd_.get(), bytes, sizeof bytes, 0);
  if (got <= 0) return false;
  buffer_.append(bytes, static_cast<std::size_t>(got));
  return true;
}

FeedFixture::FeedFixture(feed::HubOptions options) {
  store_ =
      store::open("sqlite:" + (folder_ / "f.db").string(),
                  {.clock = &clock_, .random = &random_, .committed = [this](const model::Cursor&) {
                     if (auto* hub = waker_.load()) hub->wake();
                   }});
  hub_ = std::make_unique<feed::Hub>(loop_, *store_, random_, std::move(options));
  waker_ = hub_.get();
  thread_ = std::thread([this] { loop_.run(); });
}

FeedFixture::~FeedFixture() {
  waker_ = nullptr;
  loop_.stop();
  thread_.join();
}

void FeedFixture::on_loop(const std::function<void()>& use) {
  on_loop([] {}, use);
}

void FeedFixture::on_loop(const std::function<void()>& use, const std::function<void()>& then) {
  std::promise<void> done;
  loop_.post([&] {
    use();
    loop_.post([&] {
      then();
      done.set_value();
    });
  });
  done.get_future().get();
}

StreamEnd FeedFixture::connect(feed::SubscriptionRequest request, int send_buffer) {
  int ends[2] = {-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    throw std::runtime_error("socketpair");
  util::Fd ours(ends[0]);
  util::Fd theirs(ends[1]);
  ::fcntl(theirs.get(), F_SETFL, O_NONBLOCK);
  if (send_buffer > 0)
    ::setsockopt(theirs.get(), SOL_SOCKET, SO_SNDBUF, &send_buffer, sizeof send_buffer);
  on_loop([&] { hub_->adopt(std::move(theirs), std::move(request), ""); });
  return StreamEnd(std::move(ours));
}

void FeedFixture::commit(const std::function<std::vector<model::Change>(store::WriteTx&)>& change) {
  store_->write([&](store::WriteTx& tx) {
    tx.append({.at = clock_.now(), .actor = "ana", .origin = "test", .changes = change(tx)});
  });
}

model::TaskId FeedFixture::add(model::Task task) {
  commit([&](store::WriteTx& tx) {
    task.created_at = task.updated_at = clock_.now();
    task.id = tx.insert_task(task);
    return std::vector{wire::task_change(model::ChangeType::kTaskCreated, nullptr, &task)};
  });
  return task.id;
}

void FeedFixture::edit(model::TaskId id, const std::function<void(model::Task&)>& change) {
  commit([&](store::WriteTx& tx) {
    const model::Task before = tx.find_task(id).value();
    model::Task after = before;
    change(after);
    ++after.version;
    tx.update_task(after);
    return std::vector{wire::task_change(model::ChangeType::kTaskUpdated, &before, &after)};
  });
}

void FeedFixture::remove(model::TaskId id) {
  commit([&](store::WriteTx& tx) {
    const model::Task before = tx.find_task(id).value();
    tx.delete_task(id);
    return std::vector{wire::task_change(model::ChangeType::kTaskDeleted, &before, nullptr)};
  });
}

void FeedFixture::add_many(int count, const std::string& prefix) {
  for (int i = 1; i <= count; ++i) add(task_of(prefix + std::to_string(i)));
}

void FeedFixture::wait_for(const std::function<bool(const feed::HubFigures&)>& condition) {
  const auto until = std::chrono::steady_clock::now() + kPatience;
  while (!condition(hub_->figures())) {
    if (std::chrono::steady_clock::now() > until)
      throw std::runtime_error("the hub's figures never came true");
    on_loop([] {});
  }
}

model::Task task_of(const std::string& title) {
  model::Task task;
  task.title = title;
  return task;
}

filter::Context context() {
  static const time::UtcZone kUtc;
  return {.now = {}, .zone = &kUtc, .actor = "ana"};
}

feed::Selection matching(std::string_view filter) {
  return {.filter = filter::parse(filter, context()), .context = context()};
}

}  // namespace taskman::test
