#pragma once
// A stream as WebSocket messages (RFC 6455), as far as our daemon sends them: text, pings, the
// closing frame.

#include <optional>
#include <string>

#include "cli/client/connection.hpp"
#include "cli/client/stream.hpp"
#include "common/util/random.hpp"

namespace taskman::client {

class MessageStream final : public Stream {
 public:
  /// `connection`: after the handshake. `random` is for masks, and outlives it.
  MessageStream(Connection connection, util::Random& random)
      : connection_(std::move(connection)), random_(random) {}

  std::optional<StreamEvent> next() override;
  int descriptor() const override { return connection_.descriptor(); }

 private:
  struct Frame {
    unsigned opcode = 0;
    std::string payload;
  };
  std::optional<Frame> take_frame();
  StreamEvent on_frame(const Frame& frame);
  void answer(unsigned opcode, const std::string& payload);

  Connection connection_;
  util::Random& random_;
  std::string buffer_;
};

}  // namespace taskman::client
