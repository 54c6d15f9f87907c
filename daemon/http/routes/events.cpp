// /api/v1/events: one log, by what the client accepts.

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <variant>

#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/paths.hpp"
#include "daemon/http/condition.hpp"
#include "daemon/http/routes/accept.hpp"
#include "daemon/http/routes/common.hpp"
#include "daemon/http/routes/feed_request.hpp"
#include "daemon/http/websocket_handshake.hpp"
#include "daemon/service/feed.hpp"

namespace taskman::http {
namespace {

using error::Code;
using error::Error;

constexpr std::int64_t kLongestWait = 300;  // seconds
constexpr std::string_view kJson = "application/json";
constexpr std::string_view kSse = "text/event-stream";
constexpr std::string_view kNdjson = "application/x-ndjson";
constexpr std::array kOffered{kJson, kSse, kNdjson};

/// Without frames: 204, and where to go on all the same.
void complete_poll(Reply& reply, feed::PollAnswer answer) {
  reply.status = answer.frames.empty() ? 204 : 200;
  Reply found = reply_of(service::reading_of(std::move(answer)));
  reply.body = std::move(found.body);
  std::ranges::move(found.headers, std::back_inserter(reply.headers));
}

Reply long_poll(Services& services, const Request& request, std::int64_t seconds) {
  auto found =
      services.feed.poll_or_wait(feed_request(request, Way::kPoll), std::chrono::seconds(seconds));
  if (auto* reading = std::get_if<service::Reading>(&found)) return reply_of(std::move(*reading));
  auto& poll = std::get<feed::ParkedPoll>(found);
  Reply reply{.status = 204};
  reply.poll = std::move(poll);
  reply.complete = complete_poll;
  return reply;
}

Reply poll(Services& services, const Request& request) {
  const auto wait = integer_param(request, "wait", {0, kLongestWait});
  if (wait.value_or(0) > 0) return long_poll(services, request, *wait);
  // The idle poll: answered from memory, before anything is parsed.
  const std::string etag = '"' + model::to_string(services.feed.head()) + '"';
  if (is_known(request, etag)) return not_modified(etag);
  return reply_of(services.feed.poll(feed_request(request, Way::kPoll)));
}

feed::SubscriptionRequest subscription(const Services& services, const Request& request,
                                       feed::Encoding encoding) {
  service::FeedRequest wanted = feed_request(request, Way::kStream);
  const bool snapshot = flag_param(request, "snapshot");
  // A browser reconnects to the URL it was first given: what it saw last counts, and it has seen
  // the snapshot.
  const auto last = request.header("last-event-id");
  const bool resumes = last && !last->empty();
  if (resumes) wanted.since = *last;
  return services.feed.subscription(
      wanted, encoding,
      snapshot && !resumes ? service::Begin::kWithSnapshot : service::Begin::kWithChanges);
}

Reply stream(Services& services, const Request& request, std::string_view type) {
  Reply reply{.content_type = std::string(type)};
  reply.headers = {{"Cache-Control", "no-store, no-transform"}, {"X-Accel-Buffering", "no"}};
  reply.stream = subscription(services, request,
                              type == kSse ? feed::Encoding::kSse : feed::Encoding::kNdjson);
  return reply;
}

Reply websocket(Services& services, const Request& request) {
  Reply reply;
  accept_websocket(request, reply);
  reply.stream = subscription(services, request, feed::Encoding::kWebSocket);
  return reply;
}

Reply events(Services& services, const Request& request) {
  const std::string_view type = preferred(request, kOffered);
  return type == kJson ? poll(services, request) : stream(services, request, type);
}

Reply subscribers(Services& services, const Request&) {
  return fleeting_reply_of(services.subscribers());
}

constexpr std::string_view kNumber = R"({"type":"integer"})";

/// What of the log is wanted, for every transport.
std::vector<wire::ParamDoc> stream_docs() {
  return {
      {"since",
       "cursor after which to begin; a poll without it begins at the oldest kept, a stream now"},
      filter_doc(),
      sprints_of_doc(),
      {"types", "kinds of changes, `task.updated,sprint.*`"},
      {"task", "changes of these tasks, `3,17`"},
      {"sprint", "changes of this sprint and its tasks"},
      {"project", "changes of this project and its tasks; with a sprint: whose sprint is meant"},
      {"snapshot", "1: a stream begins with the state it then tells the changes of",
       R"({"type":"boolean"})"}};
}

Route events_route(std::string_view path, std::string_view operation, std::string_view summary) {
  auto query = stream_docs();
  query.push_back(
      {"latest", "of a poll, instead of since: the newest so many, 1 to 1000", kNumber});
  query.push_back({"limit", "of a poll, 1 to 10000; 1000", kNumber});
  query.push_back(
      {"wait",
       "seconds, up to 300: a poll that finds nothing waits for something so long, then answers "
       "204 with the cursor to go on from",
       kNumber});
  return {
      {.method = "GET",
       .path = path,
       .operation = operation,
       .tag = "events",
       .summary = summary,
       .query = std::move(query),
       .answer = "event.list",
       .errors = {Code::kInvalidValue, Code::kNotFound, Code::kCursorGone, Code::kNotAcceptable},
       .nothing = "nothing came while the poll waited; go on from the cursor",
       .stream_types = {kSse, kNdjson}},
      events};
}

Route websocket_route(std::string_view path, std::string_view operation, std::string_view summary) {
  return {{.method = "GET",
           .path = path,
           .operation = operation,
           .tag = "events",
           .summary = summary,
           .query = stream_docs(),
           .status = 101,
           .answer_type = {},
           .errors = {Code::kInvalidValue, Code::kNotFound, Code::kUpgradeRequired}},
          websocket};
}

}  // namespace

std::vector<Route> event_routes() {
  return {events_route(
              wire::kEvents, "listEvents",
              "The change log, by Accept: a JSON poll, text/event-stream or application/x-ndjson"),
          events_route("/events", "listEventsHere", "The same as /api/v1/events"),
          websocket_route(wire::kWebSocket, "openWebSocket",
                          "The change log as WebSocket messages (RFC 6455)"),
          websocket_route("/ws", "openWebSocketHere", "The same as /api/v1/ws"),
          {{.method = "GET",
            .path = wire::kSubscribers,
            .operation = "listSubscribers",
            .tag = "events",
            .summary = "Who reads the change log now, by what means, and how far each is",
            .answer = "subscriber.list"},
           subscribers}};
}

}  // namespace taskman::http
