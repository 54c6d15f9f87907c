#include "daemon/feed/reader.hpp"

#include <sys/epoll.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <utility>

#include "daemon/feed/hub.hpp"
#include "daemon/feed/selection.hpp"
#include "daemon/feed/stream_text.hpp"
#include "daemon/feed/would_block.hpp"

namespace taskman::feed {
namespace {

// Bounds of one turn, so that no reader holds up the others.
constexpr std::size_t kMostFrames = 16;
constexpr std::size_t kMostBytes = 64 * 1024;
constexpr int kMostLookedAt = 64;
constexpr std::size_t kMostInput = 64 * 1024;

// send() is a tenth cheaper than sendmsg(), and one frame is the usual case.
ssize_t send_parts(int fd, iovec* parts, std::size_t count) {
  constexpr int kFlags = MSG_DONTWAIT | MSG_NOSIGNAL;
  if (count == 1) return ::send(fd, parts->iov_base, parts->iov_len, kFlags);
  msghdr message{};
  message.msg_iov = parts;
  message.msg_iovlen = count;
  return ::sendmsg(fd, &message, kFlags);
}

}  // namespace

// Frames of one sendmsg(), each with the position before it, to go back to when it is not sent
// whole.
struct Reader::Batch {
  struct Item {
    Bytes bytes;
    model::Cursor before;
    model::Cursor cursor;
  };
  std::array<Item, kMostFrames> items;
  std::array<iovec, kMostFrames> parts{};
  std::size_t count = 0;
  std::size_t bytes = 0;
  model::Cursor looked;  ///< where the reader stands when all of it is sent

  void add(Bytes frame, const model::Cursor& before, const model::Cursor& cursor,
           std::size_t skip) {
    parts[count] = {const_cast<char*>(frame->data()) + skip, frame->size() - skip};
    bytes += frame->size() - skip;
    items[count++] = {std::move(frame), before, cursor};
  }
};

Reader::Reader(util::Fd fd, SubscriptionRequest request, const model::Cursor& started,
               std::string opening)
    : fd_(std::move(fd)),
      encoding_(request.encoding),
      heartbeat_(request.heartbeat),
      narrow_(!keys_of(request.selection).empty()),
      client_(std::move(request.client)),
      since_(std::chrono::steady_clock::now()),
      text_(std::move(opening)),
      spool_(std::move(request.spool)),
      looked_(started),
      told_(started.rev),
      last_progress_(since_) {
  if (!is_everything(request.selection)) {
    selection_ = std::make_unique<const Selection>(std::move(request.selection));
  }
  if (encoding_ == Encoding::kWebSocket) input_ = std::make_unique<WebSocketInput>();
}

std::vector<ScopeKey> Reader::keys() const {
  return selection_ == nullptr ? std::vector<ScopeKey>() : keys_of(*selection_);
}

bool Reader::is_selected(Entry& entry) const { return selects(*selection_, entry); }

Bytes Reader::bytes_of(Entry& entry, std::int64_t told) const {
  if (selection_ != nullptr) {
    const wire::Crossing crossed = crossing(*selection_, entry);
    if (!crossed.empty()) return entry.bytes(encoding_, told, crossed);
  }
  return entry.bytes(encoding_, told);
}

std::uint32_t Reader::events() const {
  constexpr std::uint32_t kAlways = EPOLLIN | EPOLLRDHUP | EPOLLET;
  return waits_for_room ? kAlways | EPOLLOUT : kAlways;
}

Progress Reader::advance(LogCache& log, const Turn& turn) {
  take_answers();
  if (const auto stopped = flush_text(turn.now)) return *stopped;
  if (const auto stopped = flush_spool(turn.now)) return *stopped;
  Batch batch;
  const Progress outlook = gather(log, turn.head, batch);
  if (batch.count == 0) {
    looked_ = batch.looked;
    return outlook;
  }
  return send(batch, turn.now).value_or(outlook);
}

std::optional<Progress> Reader::flush_text(Instant now) {
  if (text_.empty()) return std::nullopt;
  const ssize_t sent = ::send(fd_.get(), text_.data(), text_.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent < 0) return would_block() ? Progress::kBlocked : Progress::kGone;
  last_progress_ = now;
  if (static_cast<std::size_t>(sent) < text_.size()) {
    text_.erase(0, static_cast<std::size_t>(sent));
    return Progress::kBlocked;
  }
  text_ = std::string();
  return std::nullopt;
}

std::optional<Progress> Reader::flush_spool(Instant now) {
  if (!spool_) return std::nullopt;
  const auto left = static_cast<std::size_t>(spool_->size - spool_->sent);
  const ssize_t sent =
      ::sendfile(fd_.get(), spool_->file.get(), &spool_->sent, std::min(left, kMostBytes));
  if (sent < 0) return would_block() ? Progress::kBlocked : Progress::kGone;
  if (sent == 0 && left > 0) return Progress::kGone;
  last_progress_ = now;
  if (static_cast<std::size_t>(sent) < left) return Progress::kBehind;
  spool_.reset();
  return std::nullopt;
}

Progress Reader::gather(LogCache& log, std::int64_t head, Batch& batch) {
  batch.looked = looked_;
  std::int64_t told = told_;
  for (int i = 0; i < kMostLookedAt && batch.count < kMostFrames && batch.bytes < kMostBytes; ++i) {
    if (batch.looked.rev >= head) return Progress::kCaughtUp;
    const auto entry = log.find(batch.looked.rev + 1);
    if (entry == nullptr) return Progress::kLost;
    const model::Cursor before = std::exchange(batch.looked, entry->log().cursor);
    if (!wants(*entry)) continue;
    batch.add(bytes_of(*entry, told), before, batch.looked, batch.count == 0 ? offset_ : 0);
    told = entry->rev();
  }
  return batch.looked.rev < head ? Progress::kBehind : Progress::kCaughtUp;
}

std::optional<Progress> Reader::send(Batch& batch, Instant now) {
  const ssize_t sent = send_parts(fd_.get(), batch.parts.data(), batch.count);
  if (sent < 0) return would_block() ? Progress::kBlocked : Progress::kGone;
  last_progress_ = now;
  settle(batch, static_cast<std::size_t>(sent));
  if (static_cast<std::size_t>(sent) < batch.bytes) return Progress::kBlocked;
  return std::nullopt;
}

// Moves the position over what was sent; a frame that was sent in part is the next one.
void Reader::settle(const Batch& batch, std::size_t sent) {
  for (std::size_t i = 0; i < batch.count; ++i) {
    const auto& item = batch.items[i];
    if (sent < batch.parts[i].iov_len) {
      looked_ = item.before;
      offset_ = sent + (i == 0 ? offset_ : 0);
      return;
    }
    sent -= batch.parts[i].iov_len;
    told_ = item.cursor.rev;
    if (i == 0) offset_ = 0;
    ++frames_sent_;
  }
  looked_ = batch.looked;
}

void Reader::beat() {
  if (!is_between_frames()) return;
  const Moved moved = looked_.rev == told_ ? Moved::kNo : Moved::kYes;
  text_ = heartbeat_text(encoding_, looked_, moved);
  told_ = looked_.rev;
}

void Reader::reset(const Position& position) {
  text_ += reset_text(encoding_, position);
  looked_ = position.cursor;
  told_ = looked_.rev;
}

void Reader::say_goodbye(std::string_view text) {
  if (spool_ && spool_->sent == 0) spool_.reset();
  if (offset_ != 0 || spool_) return;
  text_ += text;  // in one piece: who is not let in sees that together with the hello
  flush_text(last_progress_);
}

void Reader::take_answers() {
  if (offset_ == 0 && !spool_ && !answers_.empty()) text_ += std::exchange(answers_, {});
}

Heard Reader::read_input() {
  if (input_ == nullptr) return discard_input();
  switch (input_->read(fd_.get(), answers_)) {
    case WebSocketInput::State::kOpen:
      return Heard::kAll;
    case WebSocketInput::State::kMore:
      return Heard::kPart;
    case WebSocketInput::State::kOver:
      break;
  }
  say_goodbye(std::exchange(answers_, {}));
  return Heard::kEnd;
}

Heard Reader::discard_input() {
  std::array<char, 4096> buffer;
  while (discarded_ < kMostInput) {
    const ssize_t got = ::recv(fd_.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got == 0) return Heard::kEnd;
    if (got < 0) return would_block() ? Heard::kAll : Heard::kEnd;
    discarded_ += static_cast<std::size_t>(got);
  }
  return Heard::kEnd;
}

void Reader::on_ready(std::uint32_t events) { hub->on_reader(*this, events); }

}  // namespace taskman::feed
