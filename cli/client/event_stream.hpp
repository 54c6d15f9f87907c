#pragma once
// Server-Sent Events (WHATWG HTML, "event stream interpretation") as far as our daemon sends them:
// `retry`, `event`, `data`, `id`; comments are skipped. A block with only an id moves the cursor.

#include <chrono>
#include <optional>
#include <string>

#include "cli/client/connection.hpp"

namespace taskman::client {

struct StreamEvent {
  enum class Kind { kHello, kFrame, kReset, kHeartbeat, kBye };
  Kind kind = Kind::kHeartbeat;
  std::string data;                                ///< JSON text
  std::string cursor;                              ///< of its `id:`; empty when it has none
  std::optional<std::chrono::milliseconds> retry;  ///< come back after so long
};

/// One thread. Throws ConnectionLost.
class EventStream {
 public:
  explicit EventStream(Connection connection) : connection_(std::move(connection)) {}

  /// The next event that can be had without waiting.
  std::optional<StreamEvent> next();
  int descriptor() const { return connection_.descriptor(); }

 private:
  void take(std::string_view field, std::string_view value);

  Connection connection_;
  StreamEvent building_;
  bool any_ = false;  ///< a field of the block was read
};

}  // namespace taskman::client
