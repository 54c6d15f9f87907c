#include "cli/client/stream.hpp"

#include <utility>

#include "cli/client/event_stream.hpp"
#include "cli/client/message_stream.hpp"
#include "cli/client/websocket_key.hpp"
#include "common/wire/paths.hpp"

namespace taskman::client {
namespace {

std::unique_ptr<Stream> open_messages(Api& api, Query query, const Api::Attempt& attempt) {
  util::Random& random = *api.options().random;
  const std::string key = make_websocket_key(random);
  auto opened = api.open_stream({.path = std::string(wire::kWebSocket),
                                 .query = std::move(query),
                                 .headers = {{"Upgrade", "websocket"},
                                             {"Connection", "Upgrade"},
                                             {"Sec-WebSocket-Version", "13"},
                                             {"Sec-WebSocket-Key", key}}},
                                attempt);
  if (opened.head.status != 101 ||
      opened.head.header("sec-websocket-accept") != websocket_answer(key)) {
    throw ConnectionLost{"what answers speaks no WebSocket"};
  }
  return std::make_unique<MessageStream>(std::move(opened.connection), random);
}

}  // namespace

std::unique_ptr<Stream> open_stream(Api& api, Push push, Query query, const Api::Attempt& attempt) {
  if (push == Push::kWebSocket) return open_messages(api, std::move(query), attempt);
  auto opened = api.open_stream({.path = std::string(wire::kEvents),
                                 .query = std::move(query),
                                 .headers = {{"Accept", "text/event-stream"}}},
                                attempt);
  if (opened.head.status != 200) throw ConnectionLost{"what answers is no stream"};
  return std::make_unique<EventStream>(std::move(opened.connection));
}

}  // namespace taskman::client
