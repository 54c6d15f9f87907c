#pragma once
// A complete request and its answer, free of any HTTP library.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daemon/feed/subscription.hpp"

namespace taskman::http {

class Gate;

/// Who is at the other end, from the socket, never from a header.
struct Peer {
  std::uint32_t uid = 0;
  std::int32_t pid = 0;
  const Gate* gate = nullptr;  ///< what its requests have to pass; null for one that is known
};

/// Used by one worker thread.
struct Request {
  std::string id;  ///< `instance` of a problem, X-Request-Id
  std::string method;
  std::string path;                                            ///< percent-decoded, no query
  std::multimap<std::string, std::string, std::less<>> query;  ///< decoded
  std::map<std::string, std::string, std::less<>> headers;     ///< names in lower case
  std::map<std::string, std::string, std::less<>> captures;    ///< `{id}` of the route's path
  std::string body;
  Peer peer;
  bool http_1_0 = false;
  bool has_waited = false;  ///< it is answered for the second time: see Reply::again

  /// The header (name in lower case) or none.
  std::optional<std::string> header(std::string_view name) const;
  /// The single query value; kInvalidValue when it is given twice.
  std::optional<std::string> param(std::string_view name) const;
};

struct Reply {
  int status = 200;
  std::string content_type = "application/json";
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  /// Engaged: after the head the connection becomes a reader of the feed.
  std::optional<feed::SubscriptionRequest> stream;
  /// Engaged: the reply waits for an answer of the feed, which `complete` turns it into.
  std::optional<feed::ParkedPoll> poll;
  std::function<void(Reply& reply, feed::PollAnswer answer)> complete;
  /// Instead: gives the reply, on a worker, once the poll is answered. Does not throw.
  std::function<Reply()> again;
};

}  // namespace taskman::http
