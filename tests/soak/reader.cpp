#include "soak/reader.hpp"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <exception>
#include <system_error>
#include <utility>

#include "support/websocket.hpp"

namespace taskman::test {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr std::array kNames{"sse", "ndjson", "websocket", "long poll", "poll"};  // as of Way
constexpr std::size_t kNoCut = SIZE_MAX;
constexpr std::size_t kFaultsTold = 20;
constexpr int kRarely = 8;
constexpr auto kLongestAnswer = 90s;  // a poll waits for 20 s at most

}  // namespace

Reader::Reader(World& world, Kind kind, Instant first)
    : world_(world),
      kind_(kind),
      random_(kind.seed),
      stands_(world.ledger.start()),
      due_(first + milliseconds(pick(0, 500))) {}

std::string Reader::name() const {
  return std::string(kNames[static_cast<std::size_t>(kind_.way)]) +
         (kind_.by_tcp ? " by TCP, " : " by the Unix socket, ") + std::to_string(kind_.seed);
}

void Reader::wake(Instant now) {
  if (now < due_) return;
  if (!client_) return connect(now);
  if (is_stream(kind_.way)) return hang_up(now, world_.tally.leaves);
  if (std::exchange(is_waiting_, true)) {
    wrong("a poll got no answer");
    return hang_up(now, world_.tally.lost);
  }
  due_ = now + kLongestAnswer;
  try {
    client_->send(request());
  } catch (const std::exception&) {
    hang_up(now, world_.tally.lost);
  }
}

void Reader::connect(Instant now) {
  // While nobody listens on it a port may be anybody's, even this connection's own.
  if (kind_.by_tcp && !world_.doors.open) {
    due_ = now + milliseconds(pick(20, 200));
    return;
  }
  ++world_.tally.connections;
  plan_the_end(now);
  try {
    client_ = kind_.by_tcp ? HttpClient(world_.doors.port) : HttpClient(world_.doors.socket);
    incoming_.emplace(kind_.way);
    epoll_event event{.events = EPOLLIN, .data = {.ptr = this}};
    ::epoll_ctl(world_.epoll, EPOLL_CTL_ADD, client_->descriptor(), &event);
    client_->send(request());
  } catch (const std::exception&) {
    hang_up(now, world_.tally.lost);
  }
}

/// Half of them cut at a byte, of any size of number; streams leave at some time, too.
void Reader::plan_the_end(Instant now) {
  left_ = kNoCut;
  if (pick(0, 1) == 0) left_ = static_cast<std::size_t>(pick(1, 1 << pick(4, 19)));
  due_ = now + kLongestAnswer;
  if (is_stream(kind_.way)) due_ = now + milliseconds(pick(1'000, 40'000));
  is_waiting_ = true;
}

std::string Reader::request() {
  asked_at_ = stands_;
  std::string since = world_.ledger.cursor_at(stands_);
  std::string more;
  // As a browser does: the URL is the first one for ever.
  if (kind_.way == Way::kSse && pick(0, 1) == 0) {
    more =
        "Last-Event-ID: " + std::exchange(since, world_.ledger.cursor_at(world_.ledger.start())) +
        "\r\n";
  }
  std::string target = (kind_.way == Way::kWebSocket ? "/ws?since=" : "/events?since=") + since;
  if (!is_stream(kind_.way)) target += "&limit=" + std::to_string(pick(20, 400));
  if (kind_.way == Way::kLongPoll) target += "&wait=" + std::to_string(pick(1, 20));
  if (kind_.way == Way::kPoll) more += "If-None-Match: \"" + since + "\"\r\n";
  if (kind_.way == Way::kSse) more += "Accept: text/event-stream\r\n";
  if (kind_.way == Way::kNdjson) more += "Accept: application/x-ndjson\r\n";
  const std::string host = kind_.by_tcp ? "127.0.0.1:" + std::to_string(world_.doors.port) +
                                              "\r\nAuthorization: Bearer " + world_.doors.token
                                        : "x";
  return "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + more +
         (kind_.way == Way::kWebSocket ? kHandshake : "\r\n");
}

void Reader::on_ready(Instant now) {
  std::array<char, 16 * 1024> bytes;
  while (client_) {
    const ssize_t got =
        ::recv(client_->descriptor(), bytes.data(), std::min(bytes.size(), left_), MSG_DONTWAIT);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) return hang_up(now, world_.tally.lost);
    if (left_ != kNoCut) left_ -= static_cast<std::size_t>(got);
    try {
      incoming_->add({bytes.data(), static_cast<std::size_t>(got)});
      while (client_) {
        auto piece = incoming_->next();
        if (!piece) break;
        take(std::move(*piece), now);
      }
    } catch (const std::system_error&) {  // gone before a pong was sent
      return hang_up(now, world_.tally.lost);
    } catch (const std::exception& failure) {
      wrong(failure.what());
      return hang_up(now, world_.tally.lost);
    }
    if (left_ == 0 && client_) return hang_up(now, world_.tally.cuts);
  }
}

void Reader::take(Piece piece, Instant now) {
  switch (piece.kind) {
    case Piece::Kind::kFrame:
      return take_frame(piece, now);
    case Piece::Kind::kPlace:
      return check_place(piece.cursor);
    case Piece::Kind::kAnswer:
      check_place(piece.cursor);
      return answered(now);
    case Piece::Kind::kPing:
      // Masked by zeros: a pong is the payload as it came.
      return client_->send("\x8a" + std::string(1, static_cast<char>(0x80 | piece.text.size())) +
                           std::string(4, '\0') + piece.text);
    case Piece::Kind::kEnd:
      return hang_up(now, world_.tally.lost);
    case Piece::Kind::kBusy:
      return hang_up(now, world_.tally.busy);
    case Piece::Kind::kWrong:
      wrong(piece.text);
      return hang_up(now, world_.tally.lost);
  }
}

void Reader::take_frame(const Piece& piece, Instant now) {
  if (const std::string fault = world_.ledger.take(stands_, piece.text); !fault.empty()) {
    wrong(fault);
    return hang_up(now, world_.tally.lost);
  }
  ++stands_;
  ++world_.tally.frames;
  if (!piece.cursor.empty()) check_place(piece.cursor);
}

/// Who wants everything is nowhere but at the last frame it got.
void Reader::check_place(const std::string& cursor) {
  if (cursor.empty() || cursor == world_.ledger.cursor_at(stands_)) return;
  wrong("the daemon says " + cursor + " to a reader at " + world_.ledger.cursor_at(stands_));
}

/// At once while there was something, as a client would, and now and then late.
void Reader::answered(Instant now) {
  is_waiting_ = false;
  due_ = now;
  if (kind_.way == Way::kPoll) due_ += milliseconds(stands_ > asked_at_ + 15 ? 0 : pick(300, 2000));
  if (kind_.way == Way::kLongPoll && pick(0, kRarely) != 0) due_ += milliseconds(pick(0, 600));
}

void Reader::hang_up(Instant now, std::int64_t& counted) {
  ++counted;
  client_.reset();
  incoming_.reset();
  is_waiting_ = false;
  due_ = now + milliseconds(pick(0, kRarely) == 0 ? pick(0, 3000) : pick(0, 300));
}

void Reader::wrong(const std::string& what) {
  if (world_.tally.faults.size() < kFaultsTold) {
    world_.tally.faults.push_back(name() + ": " + what);
  }
}

}  // namespace taskman::test
