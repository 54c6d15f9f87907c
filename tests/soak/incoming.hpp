#pragma once
// What comes in on one connection, by whatever way, piece by piece and however it is cut.

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "support/http_client.hpp"

namespace taskman::test {

enum class Way { kSse, kNdjson, kWebSocket, kLongPoll, kPoll };
constexpr bool is_stream(Way way) { return way < Way::kLongPoll; }

struct Piece {
  enum class Kind {
    kFrame,   ///< `text`: its JSON; `cursor`: what the way itself calls it, if it does
    kPlace,   ///< `cursor`: where the reader stands, by what the daemon says
    kAnswer,  ///< a poll is answered, its frames have come; `cursor` as of kPlace, or empty
    kPing,    ///< `text` is to be sent back
    kEnd,     ///< the daemon ends the stream
    kBusy,    ///< to come again later
    kWrong,   ///< `text`: what must not be
  };
  Kind kind;
  std::string text{};
  std::string cursor{};
};

/// One thread.
class Incoming {
 public:
  explicit Incoming(Way way) : way_(way) {}

  void add(std::string_view bytes);
  /// The next one that has come whole.
  std::optional<Piece> next();

 private:
  bool advance();
  bool take_head();
  bool take_block();
  bool take_line();
  bool take_message();
  bool take_body();
  void note(const HttpReply& head);
  void found(Piece piece) { pieces_.push_back(std::move(piece)); }
  void found_text(std::string text);
  std::string_view rest() const { return std::string_view(buffer_).substr(read_); }

  const Way way_;
  std::string buffer_;
  std::size_t read_ = 0;  ///< of the buffer
  bool in_head_ = true;
  std::size_t body_size_ = 0;  ///< of a poll's answer
  std::deque<Piece> pieces_;
};

}  // namespace taskman::test
