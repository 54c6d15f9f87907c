#pragma once
// The keys of a WebSocket's handshake (RFC 6455 4.1). A library for one hash would cost every
// command more time than its work does.

#include <string>
#include <string_view>

#include "common/util/random.hpp"

namespace taskman::client {

/// Sec-WebSocket-Key: 16 random bytes in base 64.
std::string make_websocket_key(util::Random& random);
/// The Sec-WebSocket-Accept that proves that the server understood the key.
std::string websocket_answer(std::string_view key);

}  // namespace taskman::client
