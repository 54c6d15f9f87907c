#pragma once
// Gathers requests out of the bytes of one connection.

#include <optional>
#include <string>
#include <string_view>

#include "daemon/http/byte_budget.hpp"
#include "daemon/http/head.hpp"
#include "daemon/http/limits.hpp"

namespace taskman::http {

/// A complete request, and what it holds of the budget until it is answered.
struct Message {
  Head head;
  std::string body;
  Charge charge;
};

/// Bytes in, messages out, one after the other. Knows no socket and no time. Owned by a Connection,
/// used by whoever owns that. Holds no memory between requests.
class MessageReader {
 public:
  enum class State {
    kIdle,  ///< nothing of a request has come
    kHead,
    kBody,
    kComplete,  ///< take() it; what is fed meanwhile waits
    kRefused,   ///< for good: where the next request starts is not known
  };

  MessageReader(const Limits& limits, Budgets& budgets);

  /// Never throws but std::bad_alloc.
  State feed(std::string_view bytes);
  State state() const { return state_; }

  /// In kBody and kComplete.
  const Head& head() const { return message_->head; }

  /// In kBody: the client waits for `100 Continue`. Answers true once per request.
  bool take_expectation();

  /// In kComplete: the message. Goes on with what came after it, see state().
  Message take();

  /// In kRefused: why.
  const Refusal& refusal() const { return refusal_; }

 private:
  void advance();
  void find_head();
  void start_body(std::size_t head_bytes);
  std::size_t append_body(std::string_view bytes);
  bool grow_body(std::size_t bytes);
  void refuse(Refusal refusal);
  void refuse_for_memory();

  const Limits* limits_;
  Budgets* budgets_;
  State state_ = State::kIdle;
  bool skipped_blank_line_ = false;
  HeadFinder finder_;
  std::string buffer_;  ///< of the head, or what came after a complete message
  Charge buffer_charge_;
  std::optional<Message> message_;
  Refusal refusal_;
};

}  // namespace taskman::http
