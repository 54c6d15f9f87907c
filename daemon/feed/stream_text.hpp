#pragma once
// What a stream says, in each of its encodings. The frame itself comes from common/wire.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "common/model/changeset.hpp"
#include "daemon/feed/position.hpp"
#include "daemon/feed/subscription.hpp"

namespace taskman::feed {

/// How a stream begins. Before a reset or a snapshot it has no `id:`, because a client that took it
/// over and lost the connection would never be sent what comes next.
struct Hello {
  enum class Stands { kHere, kAfterReset, kAfterSnapshot };
  model::Cursor cursor;  ///< where the stream goes on; what the client asked for may be anything
  Stands stands = Stands::kHere;
  std::string store;
  std::chrono::milliseconds heartbeat{};
  std::chrono::milliseconds retry{};  ///< when an EventSource shall come back after a loss
};

std::string hello_text(Encoding encoding, const Hello& hello);
std::string change_text(Encoding encoding, const model::Cursor& cursor, std::string_view frame);
std::string reset_text(Encoding encoding, const Position& position);
/// One thing of the state that a stream begins with, and the end of it.
std::string snapshot_text(Encoding encoding, std::string_view thing);
std::string snapshot_end_text(Encoding encoding, const model::Cursor& cursor, std::int64_t things);
/// Tells where the reader stands; NDJSON repeats it only when it `moved` since the reader was last
/// told.
enum class Moved { kNo, kYes };
std::string heartbeat_text(Encoding encoding, const model::Cursor& cursor, Moved moved);
/// The last words to a reader: why it is sent away, and as in Hello when to come back.
std::string bye_text(Encoding encoding, std::string_view reason, std::chrono::milliseconds retry);

}  // namespace taskman::feed
