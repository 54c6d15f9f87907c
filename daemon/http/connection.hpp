#pragma once
// One client's connection: gathers requests under limits, has them answered, sends the answers in
// order.

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "common/util/fd.hpp"
#include "common/util/guarded.hpp"
#include "daemon/feed/subscription.hpp"
#include "daemon/http/answer.hpp"
#include "daemon/http/byte_budget.hpp"
#include "daemon/http/limits.hpp"
#include "daemon/http/message_reader.hpp"
#include "daemon/http/outbox.hpp"
#include "daemon/http/router.hpp"
#include "daemon/http/worker_pool.hpp"
#include "daemon/net/event_loop.hpp"

namespace taskman::http {

class Connection;

/// A socket that became a reader of the feed. `unsent` goes out before the first frame.
struct StreamStart {
  util::Fd fd;
  feed::SubscriptionRequest request;
  std::string unsent;
};
/// Called on the loop's thread.
using StreamSink = std::function<void(StreamStart)>;

/// Where polls wait (feed/parking.hpp); called on the loop's thread.
struct PollSink {
  std::function<std::uint64_t(feed::ParkedPoll, std::function<void(feed::PollAnswer)>)> park;
  std::function<void(std::uint64_t)> unpark;
};

/// Counters of all connections; thread-safe.
struct Traffic {
  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::uint64_t> connections{0};
  std::atomic<std::uint64_t> strangers{0};  ///< of connections
  std::atomic<std::uint64_t> in_flight{0};
  std::atomic<std::uint64_t> handed_over{0};
  std::atomic<std::uint64_t> received{0};
  std::atomic<std::uint64_t> sent{0};
  util::Guarded<std::map<std::string, std::uint64_t>> rejected;

  void reject(std::string_view reason) {
    rejected.with([&](auto& counts) { ++counts[std::string(reason)]; });
  }
};

/// What all connections share; owned by the server, outlives them.
struct ConnectionHost {
  net::EventLoop& loop;
  const Limits& limits;
  Budgets& budgets;
  const Router& router;
  const AnswerWriter& writer;
  WorkerPool& pool;
  WorkerPool& large_pool;  ///< one thread: for answers that may be as large as the store
  Traffic& traffic;
  StreamSink sink;
  PollSink polls;
  std::function<void(Connection&)> closed;  ///< the connection may be destroyed by it
  std::function<void()> queued;             ///< a request waits for a worker
  std::atomic<bool> draining{false};
  std::array<char, 64 * 1024> scratch{};  ///< of the loop's thread
};

/// Belongs to the loop's thread, but while its request is answered to one worker: `owner_` tells,
/// and all other members are touched by the owner only. A worker that sent its whole answer gives
/// it back without waking the loop. Holds no memory worth the name between requests.
class Connection final : public net::EventHandler,
                         public Work,
                         public std::enable_shared_from_this<Connection> {
 public:
  Connection(ConnectionHost& host, util::Fd fd, const Peer& peer);

  /// Loop's thread, once.
  void start();
  /// Loop's thread, when host.draining is set: ends now if idle, else after what is in flight.
  void drain();
  /// Loop's thread: ends now, unless a worker has it.
  void abort();

  void on_ready(std::uint32_t events) override;
  void run() override;

 private:
  enum class Owner : std::uint8_t { kLoop, kWorker, kWorkerWithNews };
  enum class Phase { kReading, kAnswering, kParked, kSending, kDraining, kClosed };
  enum class Wait { kIdle, kHead, kBody, kSend, kDrain };
  using Clock = net::EventLoop::Clock;
  /// How the client of the request wants its answer.
  struct Manner {
    bool head_only = false;
    bool old_client = false;
    bool keep_alive = true;
  };

  bool loop_owns();
  using Step = void (Connection::*)();
  void give_back(Step first);
  void post(Step what);
  void guarded(Step what);

  // connection.cpp: reading and answering
  void step();
  void read();
  bool feed(std::size_t count);
  void ended_by_peer();
  void next();
  bool admit();
  void let_in();
  void dispatch();
  void submit();
  void answer();
  Reply reply();
  Reply reply_to(Message message);
  void compose(Reply reply);
  void park();
  void unpark(feed::PollAnswer answer);
  void refuse(const Refusal& refusal);

  // connection_out.cpp: sending, waiting, ending
  void flush();
  void blocked(std::size_t unsent_before);
  void sent_all();
  void hand_over();
  void discard();
  void close();
  void watch(std::uint32_t extra_events);
  void wait_for(Wait wait);
  void arm(Clock::time_point due);
  void on_timer();
  void expire();
  Clock::duration patience() const;

  ConnectionHost& host_;
  util::Fd fd_;
  const Peer peer_;
  std::atomic<Owner> owner_{Owner::kLoop};

  // The loop's, always.
  bool hung_up_ = false;  ///< the peer will send nothing more: read on until the end shows
  bool gone_ = false;     ///< nor will it take anything
  net::EventLoop::Timer timer_;

  // The owner's.
  Phase phase_ = Phase::kReading;
  Wait wait_ = Wait::kIdle;
  Clock::time_point since_;
  bool let_in_;        ///< past the gate, or there is none; else it is a stranger's
  bool more_ = false;  ///< something may wait in the socket that no event will tell
  bool keep_alive_ = true;
  bool watches_output_ = false;
  std::size_t drained_ = 0;
  MessageReader reader_;
  std::optional<Message> message_;
  Manner manner_;
  bool large_ = false;  ///< the answer may be
  Outbox out_;
  Charge out_charge_;
  std::optional<feed::SubscriptionRequest> stream_;
  std::optional<Reply> parked_;
  std::uint64_t ticket_ = 0;  ///< of parked_
};

}  // namespace taskman::http
