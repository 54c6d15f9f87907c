#pragma once
// The framing of WebSocket (RFC 6455) as a server does it, by wslay.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct wslay_event_context;

namespace taskman::feed {

/// Whole frames, as a server sends them: final, unmasked.
std::string websocket_text(std::string_view payload);
std::string websocket_ping();
/// RFC 6455 7.4: what the codes mean. `reason` is at most 123 bytes.
inline constexpr std::uint16_t kGoingAway = 1001;
inline constexpr std::uint16_t kProtocolError = 1002;
inline constexpr std::uint16_t kMessageTooBig = 1009;
inline constexpr std::uint16_t kTryAgainLater = 1013;
std::string websocket_close(std::uint16_t code, std::string_view reason);

/// What a client says. Pings and closing are answered; what it has to tell is read away, up to a
/// length; what breaks the standard closes the connection with the standard's code. Holds memory
/// only in the middle of a message. One thread.
class WebSocketInput {
 public:
  /// The most bytes that one call takes: a client may tell faster than it can be read.
  static constexpr std::uint64_t kShare = 4 * 1024;

  enum class State {
    kOpen,  ///< the socket is empty
    kMore,  ///< it had its share, and the socket may have more
    kOver,  ///< the connection is to be ended, after what was appended to `answers`
  };
  /// Reads what the socket has, up to kShare, and appends the frames that answer it. `answers`:
  /// whole frames that are not sent yet; of pongs among them the newest stays.
  State read(int fd, std::string& answers);

 private:
  struct Free {
    void operator()(wslay_event_context* context) const;
  };
  void begin();
  bool is_between_messages() const { return !in_message_ && taken_ == finished_; }

  std::unique_ptr<wslay_event_context, Free> context_;
  int fd_ = -1;  ///< while read() runs
  std::string* answers_ = nullptr;
  std::uint64_t share_ = 0;     ///< what is left of it while read() runs
  std::uint64_t taken_ = 0;     ///< bytes given to the parser
  std::uint64_t finished_ = 0;  ///< bytes of frames that are complete
  std::uint64_t frame_ = 0;     ///< length of the frame that is being read
  std::uint64_t message_ = 0;   ///< bytes of the message so far, as its frames announce them
  bool in_message_ = false;     ///< between the first and the last frame of one
  bool hung_up_ = false;

  friend struct WebSocketCalls;
};

}  // namespace taskman::feed
