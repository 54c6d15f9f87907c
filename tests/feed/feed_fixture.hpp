#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "common/filter/filter.hpp"
#include "common/model/task.hpp"
#include "daemon/feed/hub.hpp"
#include "daemon/net/event_loop.hpp"
#include "daemon/store/open.hpp"
#include "support/counting_random.hpp"
#include "support/manual_clock.hpp"
#include "support/sse_block.hpp"
#include "support/temp_dir.hpp"

namespace taskman::test {

/// The reading end of a stream. One thread. Every read throws at its deadline.
class StreamEnd {
 public:
  explicit StreamEnd(util::Fd fd) : fd_(std::move(fd)) {}

  /// Up to the next blank line, with the newline of every line.
  std::string read_block();
  /// The next line without its newline.
  std::string read_line();
  /// All that comes until the other side closes.
  std::string read_to_end();
  /// As many bytes.
  std::string read_bytes(std::size_t count);
  /// What has come up to now.
  std::string take_arrived();

  void hang_up() { fd_.reset(); }
  int descriptor() const { return fd_.get(); }

 private:
  std::string read_until(std::string_view end);
  bool fill();

  util::Fd fd_;
  std::string buffer_;
};

/// A hub on a real store, its loop on a thread of its own.
class FeedFixture {
 public:
  explicit FeedFixture(feed::HubOptions options = {});
  ~FeedFixture();
  FeedFixture(const FeedFixture&) = delete;
  FeedFixture& operator=(const FeedFixture&) = delete;

  store::Store& store() { return *store_; }
  feed::Hub& hub() { return *hub_; }
  model::Cursor head() { return store_->head(); }

  /// Hands one end of a socket pair to the hub. `send_buffer`: of the hub's end, 0 leaves it alone.
  StreamEnd connect(feed::SubscriptionRequest request, int send_buffer = 0);

  /// Runs `use` on the loop's thread and waits for it.
  void on_loop(const std::function<void()>& use);
  /// The same, and `then` one turn of the loop later.
  void on_loop(const std::function<void()>& use, const std::function<void()>& then);

  /// One transaction each.
  model::TaskId add(model::Task task);
  void edit(model::TaskId id, const std::function<void(model::Task&)>& change);
  void remove(model::TaskId id);
  /// `count` tasks with titles `<prefix>1`, ….
  void add_many(int count, const std::string& prefix = "task ");

  /// Waits until `condition` holds of the hub's figures.
  void wait_for(const std::function<bool(const feed::HubFigures&)>& condition);

 private:
  void commit(const std::function<std::vector<model::Change>(store::WriteTx&)>& change);

  TempDir folder_;
  ManualClock clock_;
  CountingRandom random_;
  net::EventLoop loop_;
  std::atomic<feed::Hub*> waker_{nullptr};
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<feed::Hub> hub_;
  std::thread thread_;
};

model::Task task_of(const std::string& title);

/// Of filters: ana asks, in UTC, at the beginning of time.
filter::Context context();
/// What a filter selects.
feed::Selection matching(std::string_view filter);

}  // namespace taskman::test
