#pragma once
// The opening handshake of WebSocket (RFC 6455 4.2).

#include "daemon/http/request.hpp"

namespace taskman::http {

/// Turns the reply into the switch of protocols. Throws kUpgradeRequired for a request that does
/// not ask for version 13, kMalformedRequest for a key that is none.
void accept_websocket(const Request& request, Reply& reply);

}  // namespace taskman::http
