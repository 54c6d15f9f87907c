#pragma once
// What a stream of the feed says, by whatever means it comes.

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "cli/client/api.hpp"

namespace taskman::client {

struct StreamEvent {
  enum class Kind { kHello, kFrame, kReset, kHeartbeat, kBye };
  Kind kind = Kind::kHeartbeat;
  std::string data;                                ///< JSON text
  std::string cursor;                              ///< where the reader stands; empty: not said
  std::optional<std::chrono::milliseconds> retry;  ///< come back after so long
};

/// One thread. Throws ConnectionLost.
class Stream {
 public:
  virtual ~Stream() = default;
  /// The next event that can be had without waiting.
  virtual std::optional<StreamEvent> next() = 0;
  virtual int descriptor() const = 0;
};

/// How the daemon tells.
enum class Push { kEvents, kWebSocket };

/// The changes that `query` selects. Throws ConnectionLost, kTimeout, and what the API refuses.
std::unique_ptr<Stream> open_stream(Api& api, Push push, Query query, const Api::Attempt& attempt);

}  // namespace taskman::client
