#pragma once
// Follows the change feed across everything that can happen to the daemon: restarts, kill -9,
// silence, a log that was replaced. Every frame comes once, in order. One thread.

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "cli/client/api.hpp"
#include "cli/client/socket_watch.hpp"
#include "cli/client/stream.hpp"
#include "cli/client/wakeups.hpp"
#include "common/error/error.hpp"
#include "common/wire/views.hpp"

namespace taskman::client {

struct FollowPlan {
  Query query{};                       ///< what to select: task, sprint, filter, …
  std::optional<std::string> since{};  ///< a cursor; none: from now on
  /// Ask so often instead of streaming; kAsChangesCome: often while there is something.
  std::optional<std::chrono::milliseconds> poll{};
  Push push = Push::kEvents;
  static constexpr std::chrono::milliseconds kAsChangesCome{0};
};

struct Happening {
  enum class Kind {
    kStarted,  ///< connected for the first time: from here on nothing is missed
    kFrame,    ///< text: the frame
    kReset,    ///< text: why; data: as a stream tells it; the next frame joins none before
    kLost,     ///< text: why; it is being tried again
    kPolling,  ///< text: why; streams are cut off, so it asks again and again, for a while
    kBack,     ///< connected again, nothing was missed; text: how, when that was not told before
    kTime,     ///< the deadline passed
    kResized,  ///< the terminal
    kSuspend,  ///< asked to stop for a while: Wakeups::suspend()
    kEnd,      ///< a signal, or nobody reads our output: see Wakeups::signal()
  };
  Kind kind = Kind::kTime;
  std::string text{};
  std::string data{};  ///< JSON text
};

class Follower {
 public:
  /// `api` and `wakeups` outlive it. Calls of `api` end with a signal that asks to end.
  Follower(Api& api, Wakeups& wakeups, FollowPlan plan);
  ~Follower() { api_.give_up_on(-1); }
  Follower(const Follower&) = delete;
  Follower& operator=(const Follower&) = delete;

  /// What happens next, at the latest `deadline`. Throws what asking again cannot mend (an unknown
  /// sprint).
  Happening next(const Deadline& deadline);

  bool is_asked_to_end() { return wakeups_.is_asked_to_end(); }
  /// Where to go on after the last frame.
  const std::string& cursor() const { return cursor_; }
  /// Why it does not follow just now; empty when it does, or was not told yet.
  const std::string& trouble() const { return trouble_; }

 private:
  using Kind = Happening::Kind;
  static constexpr std::chrono::milliseconds kFirstRest{5'000};  ///< from streams that are cut off

  std::optional<Happening> try_step(const Deadline& deadline);
  std::optional<Happening> step(const Deadline& deadline);
  std::optional<Happening> step_stream(const Deadline& deadline);
  std::optional<Happening> on_event(StreamEvent event);
  void on_bye(const StreamEvent& bye);
  std::optional<Happening> on_hello(const std::string& data);
  std::optional<Happening> step_poll();
  std::optional<Happening> connect();
  std::optional<Happening> wait(int fd, const Deadline& deadline, const Deadline& own);
  std::optional<Happening> wait_for_try(const Deadline& deadline);
  void be_let_in();
  Happening arrive();
  /// How a connection was lost.
  struct Loss {
    std::string reason;
    bool reached = false;  ///< the connection was made; what was asked for did not come
  };
  std::optional<Happening> lose(Loss loss);
  bool is_cut_off(const Loss& loss) const;
  bool is_same_there();
  void plan_return(bool is_there);
  /// When to come back to a daemon that is there: its `retry:` is for who has to guess when that
  /// is.
  std::chrono::milliseconds soon() const;
  void take_door();
  std::optional<Happening> poll_instead(std::string reason);
  bool is_polling();
  std::chrono::milliseconds poll_interval();
  wire::Health health();
  void take_head();
  Happening start_over(const error::Error& gone);
  void take_page(const HttpAnswer& answer);
  bool is_other_daemon();
  Autostart autostart() const;

  Api& api_;
  Wakeups& wakeups_;
  const FollowPlan plan_;
  std::string cursor_;
  std::unique_ptr<Stream> stream_;
  bool opening_ = false;               ///< a stream was asked for and did not answer yet
  std::string bye_;                    ///< why the stream said goodbye; empty: it did not
  bool is_leaving_ = false;            ///< the daemon said that it ends
  std::string door_;                   ///< which socket the stream came through
  std::optional<StreamEvent> ahead_;   ///< of the stream: read, not yet taken
  Steady::time_point opened_;          ///< the stream
  int cut_ = 0;                        ///< streams in a row that were cut off
  bool told_polling_ = false;          ///< and no stream has said hello since
  std::optional<Deadline> stream_at_;  ///< engaged: it polls instead, till then
  std::chrono::milliseconds rest_;     ///< how long it will poll instead
  std::chrono::milliseconds pace_;     ///< of polls as changes come
  std::deque<std::string> frames_;     ///< polled, not yet given out
  int connections_ = 0;                ///< of the API, when the daemon was last looked at
  std::string daemon_;                 ///< which one answered the polls
  std::chrono::milliseconds silence_;  ///< so long without a byte means lost
  Deadline heard_until_;
  Deadline again_at_;                      ///< when to connect, or to poll, next
  std::chrono::milliseconds retry_;        ///< the daemon's; it is another for each reader
  std::chrono::milliseconds pause_;        ///< till the next try
  Deadline revive_at_;                     ///< when to bring back a daemon that died
  std::optional<SocketWatch> comes_back_;  ///< engaged while the daemon is away
  std::string trouble_;
  bool started_ = false;
  bool lost_ = false;
};

}  // namespace taskman::client
