#pragma once
// One waiting reader of the feed: a socket and how far it has read.

#include <chrono>
#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "common/util/fd.hpp"
#include "daemon/feed/deadlines.hpp"
#include "daemon/feed/log_cache.hpp"
#include "daemon/feed/position.hpp"
#include "daemon/feed/scope_index.hpp"
#include "daemon/feed/subscription.hpp"
#include "daemon/feed/websocket.hpp"
#include "daemon/net/event_loop.hpp"

namespace taskman::feed {

/// What became of an attempt to bring a reader on.
enum class Progress {
  kCaughtUp,
  kBehind,   ///< it took all it was given and there is more
  kBlocked,  ///< its socket is full
  kGone,     ///< its socket is dead
  kLost,     ///< the log no longer has what comes next
};

/// What became of an attempt to hear what it says.
enum class Heard {
  kAll,
  kPart,  ///< it may have said more; no event will tell
  kEnd,   ///< it is to be closed: it hung up, said goodbye, said too much
};

/// A slow reader keeps no bytes but its position in the log and in the frame it is in the middle
/// of, because the same frame can be made again. Owned by the hub, used on its thread.
class Reader final : public net::EventHandler {
 public:
  using Instant = std::chrono::steady_clock::time_point;

  /// `started`: the cursor it goes on from. `opening`: what is sent before any frame.
  Reader(util::Fd fd, SubscriptionRequest request, const model::Cursor& started,
         std::string opening);

  /// One turn of the hub: up to which revision it brings readers, and when it is.
  struct Turn {
    std::int64_t head = 0;
    Instant now;
  };
  /// Sends what is due, up to a bounded amount, without blocking.
  Progress advance(LogCache& log, const Turn& turn);

  /// What it named: only changes of these can be wanted. Empty: any change can.
  std::vector<ScopeKey> keys() const;
  bool is_narrow() const { return narrow_; }
  /// Nothing up to `cursor` is wanted.
  void skip_to(const model::Cursor& cursor) { looked_ = cursor; }

  /// Appends a heartbeat to what is to be sent, unless the reader is in the middle of something.
  void beat();
  /// Starts over at `position`, telling it why.
  void reset(const Position& position);
  /// Sends `text` and the end, as far as the socket takes it at once.
  void say_goodbye(std::string_view text);

  /// Reads what the client says, up to a bounded amount. What it has to be answered goes out with
  /// the next advance().
  Heard read_input();
  bool has_answers() const { return !answers_.empty(); }

  int descriptor() const { return fd_.get(); }
  /// The reader's end: nothing but its destructor may follow.
  util::Fd take_socket() { return std::move(fd_); }
  /// What the loop is to tell of it.
  std::uint32_t events() const;
  Encoding encoding() const { return encoding_; }
  const Client& client() const { return client_; }
  /// Everything up to here is sent or not wanted.
  const model::Cursor& cursor() const { return looked_; }
  Instant since() const { return since_; }
  std::int64_t frames_sent() const { return frames_sent_; }
  std::chrono::milliseconds heartbeat() const { return heartbeat_; }
  bool is_between_frames() const { return offset_ == 0 && text_.empty() && !spool_; }
  /// When its socket last took a byte.
  Instant last_progress() const { return last_progress_; }

  // The hub's own book-keeping.
  std::optional<Deadlines<Reader>::Place> deadline;
  std::list<Reader>* list = nullptr;
  std::list<Reader>::iterator place;
  class Hub* hub = nullptr;
  bool waits_for_room = false;  ///< its socket is full
  bool is_unheard = false;      ///< it may have said more than was read

  void on_ready(std::uint32_t events) override;

 private:
  struct Batch;
  Heard discard_input();
  void take_answers();
  bool wants(Entry& entry) const { return selection_ == nullptr || is_selected(entry); }
  bool is_selected(Entry& entry) const;
  Bytes bytes_of(Entry& entry, std::int64_t told) const;
  std::optional<Progress> flush_text(Instant now);
  std::optional<Progress> flush_spool(Instant now);
  Progress gather(LogCache& log, std::int64_t head, Batch& batch);
  std::optional<Progress> send(Batch& batch, Instant now);
  void settle(const Batch& batch, std::size_t sent);

  util::Fd fd_;
  const Encoding encoding_;
  const std::chrono::milliseconds heartbeat_;
  std::unique_ptr<const Selection> selection_;  ///< null: everything
  const bool narrow_;
  const Client client_;
  const Instant since_;

  std::unique_ptr<WebSocketInput> input_;  ///< of a WebSocket
  std::string answers_;                    ///< control frames; they go between two frames
  std::string text_;                       ///< hello, heartbeat, reset; goes before the next frame
  std::optional<Spool> spool_;             ///< after text_, before any frame
  model::Cursor looked_;                   ///< everything up to here is sent or not wanted
  std::int64_t told_ = 0;   ///< the revision it last heard of: the `prev` of its next frame
  std::size_t offset_ = 0;  ///< bytes of its next frame that are sent
  std::int64_t frames_sent_ = 0;
  std::size_t discarded_ = 0;
  Instant last_progress_;
};

}  // namespace taskman::feed
