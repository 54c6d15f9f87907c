#include "daemon/feed/websocket.hpp"

#include <sys/socket.h>
#include <sys/types.h>
#include <wslay/wslay.h>

#include <algorithm>
#include <new>

#include "daemon/feed/would_block.hpp"

namespace taskman::feed {
namespace {

/// Nothing is asked of a client, so nothing it tells needs more.
constexpr std::uint64_t kLongestMessage = 64 * 1024;

ssize_t append(const std::uint8_t* data, std::size_t size, int, void* text) {
  static_cast<std::string*>(text)->append(reinterpret_cast<const char*>(data), size);
  return static_cast<ssize_t>(size);
}

std::string frame(std::uint8_t opcode, std::string_view payload) {
  std::string bytes;
  bytes.reserve(payload.size() + 10);
  const wslay_frame_callbacks callbacks{append, nullptr, nullptr};
  wslay_frame_context_ptr context = nullptr;
  if (wslay_frame_context_init(&context, &callbacks, &bytes) != 0) throw std::bad_alloc();
  wslay_frame_iocb out{};
  out.fin = 1;
  out.opcode = opcode;
  out.payload_length = payload.size();
  out.data = reinterpret_cast<const std::uint8_t*>(payload.data());
  out.data_length = payload.size();
  wslay_frame_send(context, &out);
  wslay_frame_context_free(context);
  return bytes;
}

/// RFC 6455 5.2: two bytes, the longer forms of the length, the client's mask.
std::uint64_t frame_length(std::uint64_t payload) {
  const std::uint64_t extended = payload < 126 ? 0 : payload < 65536 ? 2 : 8;
  return 2 + extended + 4 + payload;
}

/// RFC 6455 5.5.3: of pings that come before their answer is sent the newest alone is answered.
/// `frames`: control frames as a server sends them, two bytes and at most 125 others.
void keep_newest_pong(std::string& frames) {
  constexpr char kFinalPong = static_cast<char>(0x80 | WSLAY_PONG);
  std::size_t begin = 0;
  const auto next = [&] { return begin + 2 + static_cast<unsigned char>(frames[begin + 1]); };
  while (begin < frames.size() && next() < frames.size() && frames[begin] == kFinalPong &&
         frames[next()] == kFinalPong) {
    begin = next();
  }
  frames.erase(0, begin);
}

}  // namespace

std::string websocket_text(std::string_view payload) { return frame(WSLAY_TEXT_FRAME, payload); }
std::string websocket_ping() { return frame(WSLAY_PING, {}); }

std::string websocket_close(std::uint16_t code, std::string_view reason) {
  std::string payload{static_cast<char>(code >> 8), static_cast<char>(code & 0xff)};
  return frame(WSLAY_CONNECTION_CLOSE, payload += reason);
}

/// What wslay calls while a client's bytes are read.
struct WebSocketCalls {
  static WebSocketInput& self(void* input) { return *static_cast<WebSocketInput*>(input); }

  static ssize_t receive(wslay_event_context_ptr context, std::uint8_t* buffer, std::size_t size,
                         int, void* input) {
    WebSocketInput& reading = self(input);
    const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(size, reading.share_));
    const ssize_t got = most == 0 ? -1 : ::recv(reading.fd_, buffer, most, MSG_DONTWAIT);
    if (got > 0) {
      reading.taken_ += static_cast<std::uint64_t>(got);
      reading.share_ -= static_cast<std::uint64_t>(got);
      return got;
    }
    const bool later = most == 0 || (got < 0 && would_block());
    if (!later) reading.hung_up_ = true;
    wslay_event_set_error(context, later ? WSLAY_ERR_WOULDBLOCK : WSLAY_ERR_CALLBACK_FAILURE);
    return -1;
  }

  static ssize_t answer(wslay_event_context_ptr, const std::uint8_t* data, std::size_t size, int,
                        void* input) {
    return append(data, size, 0, self(input).answers_);
  }

  static void begin(wslay_event_context_ptr context,
                    const wslay_event_on_frame_recv_start_arg* frame, void* input) {
    self(input).frame_ = frame_length(frame->payload_length);
    if (wslay_is_ctrl_frame(frame->opcode) == 0) {
      count(self(input), *frame);
      if (self(input).message_ > kLongestMessage) refuse(context, kMessageTooBig);
    } else if (frame->opcode == WSLAY_CONNECTION_CLOSE && frame->payload_length == 1) {
      refuse(context, kProtocolError);  // half a code; wslay takes it for none
    }
  }

  /// wslay limits each frame, and a message has any number of them.
  static void count(WebSocketInput& input, const wslay_event_on_frame_recv_start_arg& frame) {
    if (!input.in_message_) input.message_ = 0;
    input.message_ += frame.payload_length;
    input.in_message_ = frame.fin == 0;
  }

  static void refuse(wslay_event_context_ptr context, std::uint16_t code) {
    wslay_event_shutdown_read(context);
    wslay_event_queue_close(context, code, nullptr, 0);
  }

  static void end(wslay_event_context_ptr, void* input) {
    self(input).finished_ += self(input).frame_;
  }
};

void WebSocketInput::Free::operator()(wslay_event_context* context) const {
  wslay_event_context_free(context);
}

void WebSocketInput::begin() {
  static const wslay_event_callbacks kCalls{WebSocketCalls::receive,
                                            WebSocketCalls::answer,
                                            nullptr,
                                            WebSocketCalls::begin,
                                            nullptr,
                                            WebSocketCalls::end,
                                            nullptr};
  wslay_event_context_ptr context = nullptr;
  if (wslay_event_context_server_init(&context, &kCalls, this) != 0) throw std::bad_alloc();
  context_.reset(context);
  wslay_event_config_set_no_buffering(context, 1);
  wslay_event_config_set_max_recv_msg_length(context, kLongestMessage);
  taken_ = finished_ = 0;
}

WebSocketInput::State WebSocketInput::read(int fd, std::string& answers) {
  fd_ = fd;
  answers_ = &answers;
  share_ = kShare;
  if (!context_) begin();
  const bool broken = wslay_event_recv(context_.get()) != 0;
  if (broken) {
    // wslay itself would close without a code.
    if (!hung_up_) answers += websocket_close(kProtocolError, {});
  } else if (wslay_event_want_write(context_.get()) != 0) {
    wslay_event_send(context_.get());
  }
  keep_newest_pong(answers);
  if (broken || hung_up_ || wslay_event_get_close_sent(context_.get()) != 0) return State::kOver;
  if (is_between_messages()) context_.reset();
  return share_ == 0 ? State::kMore : State::kOpen;
}

}  // namespace taskman::feed
