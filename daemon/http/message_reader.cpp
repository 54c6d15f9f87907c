#include "daemon/http/message_reader.hpp"

#include <algorithm>
#include <utility>

namespace taskman::http {
namespace {

// A length that is only promised costs no memory: room for the body doubles from here as it comes.
constexpr std::size_t kFirstRoom = 16 * 1024;

}  // namespace

MessageReader::MessageReader(const Limits& limits, Budgets& budgets)
    : limits_(&limits), budgets_(&budgets), finder_(limits), buffer_charge_(budgets.requests) {}

MessageReader::State MessageReader::feed(std::string_view bytes) {
  if (state_ == State::kRefused || bytes.empty()) return state_;
  if (state_ == State::kBody) bytes.remove_prefix(append_body(bytes));
  if (bytes.empty() || state_ == State::kRefused) return state_;
  if (!buffer_charge_.settle(buffer_.size() + bytes.size())) {
    refuse_for_memory();
    return state_;
  }
  buffer_.append(bytes);
  if (state_ != State::kComplete) advance();
  return state_;
}

bool MessageReader::take_expectation() {
  return state_ == State::kBody && std::exchange(message_->head.expects_continue, false);
}

Message MessageReader::take() {
  Message message = *std::move(message_);
  message_.reset();
  state_ = State::kIdle;
  finder_ = HeadFinder(*limits_);
  skipped_blank_line_ = false;
  if (!buffer_.empty()) advance();
  return message;
}

void MessageReader::advance() {
  // One blank line before a request is forgiven (RFC 9112 2.2); a stream of them is not.
  if (!skipped_blank_line_ && buffer_.starts_with("\r\n")) {
    buffer_.erase(0, 2);
    skipped_blank_line_ = true;
  }
  if (buffer_.empty()) {
    state_ = State::kIdle;
    return;
  }
  state_ = State::kHead;
  if (buffer_ != "\r") find_head();
}

void MessageReader::find_head() {
  auto found = finder_.find(buffer_);
  if (auto* refusal = std::get_if<Refusal>(&found)) return refuse(std::move(*refusal));
  const auto& head_bytes = *std::get_if<std::optional<std::size_t>>(&found);
  if (!head_bytes) return;
  auto head = parse_head(std::string_view(buffer_).substr(0, *head_bytes), *limits_);
  if (auto* refusal = std::get_if<Refusal>(&head)) return refuse(std::move(*refusal));
  auto& known = *std::get_if<Head>(&head);
  Charge charge(budgets_->of_body(known.content_length));
  message_ = Message{std::move(known), std::string{}, std::move(charge)};
  start_body(*head_bytes);
}

void MessageReader::start_body(std::size_t head_bytes) {
  state_ = message_->head.content_length == 0 ? State::kComplete : State::kBody;
  if (state_ == State::kBody)
    head_bytes += append_body(std::string_view(buffer_).substr(head_bytes));
  if (state_ == State::kRefused) return;
  if (head_bytes < buffer_.size()) {
    buffer_.erase(0, head_bytes);
  } else {
    buffer_ = std::string{};  // idle connections hold no memory
  }
  buffer_charge_.settle(buffer_.size());
}

std::size_t MessageReader::append_body(std::string_view bytes) {
  std::string& body = message_->body;
  const std::size_t length = message_->head.content_length;
  const std::string_view part = bytes.substr(0, length - body.size());
  if (!grow_body(body.size() + part.size())) {
    refuse_for_memory();
    return bytes.size();
  }
  body.append(part);
  if (body.size() == length) state_ = State::kComplete;
  return part.size();
}

bool MessageReader::grow_body(std::size_t bytes) {
  std::string& body = message_->body;
  if (bytes <= body.capacity()) return true;
  const std::size_t room = std::max({bytes, 2 * body.size(), kFirstRoom});
  const std::size_t capacity = std::min(room, message_->head.content_length);
  if (!message_->charge.settle(capacity)) return false;
  body.reserve(capacity);
  return true;
}

void MessageReader::refuse(Refusal refusal) {
  state_ = State::kRefused;
  refusal_ = std::move(refusal);
  message_.reset();
  buffer_ = std::string{};
  buffer_charge_.settle(0);
}

void MessageReader::refuse_for_memory() {
  refuse({error::Code::kOverloaded, "too many bytes of requests are in memory",
          "try again in a moment"});
}

}  // namespace taskman::http
