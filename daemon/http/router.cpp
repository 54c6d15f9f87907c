#include "daemon/http/router.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <exception>
#include <set>

#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/json.hpp"
#include "common/wire/openapi.hpp"
#include "common/wire/paths.hpp"
#include "daemon/http/condition.hpp"
#include "daemon/http/gate.hpp"

namespace taskman::http {
namespace {

using error::Code;
using error::Error;
using std::string_view;

/// The media type without its parameters, in lower case.
std::string media_type(const std::optional<std::string>& content_type) {
  if (!content_type) return {};
  return util::to_lower(util::trim(string_view(*content_type).substr(0, content_type->find(';'))));
}

void check_media_type(const Route& route, const Request& request) {
  const std::string given = media_type(request.header("content-type"));
  if (request.body.empty() || given == route.doc.body_type) return;
  throw Error(
      Code::kUnsupportedMedia,
      fmt::format("content type '{}' is not accepted here", util::escape_for_terminal(given)),
      fmt::format("send Content-Type: {}", route.doc.body_type));
}

/// A client that forgot the length would learn of a missing field that it sent.
void check_length(const Route& route, const Head& head) {
  if (!head.lacks_length || !wire::needs_body(route.doc)) return;
  const Refusal refusal = length_required(head.method);
  throw Error(refusal.code, refusal.message, refusal.hint);
}

bool reads(const Request& request) { return request.method == "GET" || request.method == "HEAD"; }

/// A reply whose ETag the client knows needs no body.
void apply_condition(const Request& request, Reply& reply) {
  if (!reads(request) || reply.status != 200 || reply.stream || reply.poll) return;
  const auto etag = std::ranges::find_if(reply.headers, [](const auto& header) {
    return util::equals_ignoring_case(header.first, "ETag");
  });
  if (etag == reply.headers.end() || !is_known(request, etag->second)) return;
  reply.status = 304;
  reply.body.clear();
}

}  // namespace

Router::Router(RouterParts parts)
    : parts_(std::move(parts)),
      id_prefix_(fmt::format("{:08x}", parts_.random.next() & 0xffffffff)) {
  for (const Route& route : parts_.routes) paths_.add(route.doc.path);
}

Reply Router::answer(Message message, const Peer& peer) const {
  const auto start = Clock::now();
  const std::string id = next_id();
  const Route* route = nullptr;
  Reply reply = guarded(id, [&] { return handle(std::move(message), peer, id, route); });
  reply.headers.emplace_back("X-Request-Id", id);
  sums_.with([&, key = Key{route, reply.status}](auto& sums) {
    Sum& sum = sums[key];
    ++sum.count;
    sum.time += Clock::now() - start;
  });
  return reply;
}

Reply Router::refuse(const Refusal& refusal) const {
  const std::string id = next_id();
  Reply reply =
      guarded(id, [&]() -> Reply { throw Error(refusal.code, refusal.message, refusal.hint); });
  reply.headers.emplace_back("X-Request-Id", id);
  return reply;
}

Reply Router::guarded(const std::string& id, const std::function<Reply()>& work) const {
  try {
    return work();
  } catch (const Error& failure) {
    if (failure.code() == Code::kInternal) log_failure(id, failure.message());
    return problem(failure, id);
  } catch (const std::exception& failure) {
    log_failure(id, failure.what());
  } catch (...) {
    log_failure(id, "unknown exception");
  }
  return problem(
      Error(Code::kInternal, "internal error", "the daemon's log has it under request id " + id),
      id);
}

Reply Router::handle(Message message, const Peer& peer, const std::string& id,
                     const Route*& route) const {
  if (peer.gate != nullptr) peer.gate->check(message.head);
  const std::string path(message.head.path());
  const auto found = paths_.find(path);
  const Match matched = match(found, message.head.method);
  if (matched.route == nullptr) return without_route(message.head, found, id);
  route = matched.route;
  check_length(*route, message.head);
  Request request = parser_.parse(std::move(message));
  request.id = id;
  request.peer = peer;
  request.captures = paths_.capture(matched.number, path);
  check_media_type(*route, request);
  Reply reply = run(*route, request);
  if (reply.poll && !reply.complete) {
    reply.again = [this, route, request = std::move(request)] {
      return run_again(*route, request);
    };
  }
  return reply;
}

Reply Router::run(const Route& route, const Request& request) const {
  if (!reads(request)) refuse_if_none_match(request);
  Reply reply = parts_.call(route, request);
  apply_condition(request, reply);
  return reply;
}

Reply Router::run_again(const Route& route, Request request) const {
  request.has_waited = true;
  Reply reply = guarded(request.id, [&] { return run(route, request); });
  reply.headers.emplace_back("X-Request-Id", request.id);
  return reply;
}

Router::Match Router::match(const std::vector<std::size_t>& found, string_view method) const {
  const string_view wanted = method == "HEAD" ? "GET" : method;
  for (const std::size_t number : found) {
    const Route& route = parts_.routes[number];
    if (route.doc.method == wanted) return {&route, number};
  }
  return {};
}

Reply Router::without_route(const Head& head, const std::vector<std::size_t>& found,
                            const std::string& id) const {
  const bool asks_server = head.target == "*";
  if (head.method == "OPTIONS" && (asks_server || !found.empty())) {
    Reply reply{.status = 204};
    reply.headers.emplace_back(
        "Allow", asks_server ? "GET, HEAD, POST, PATCH, DELETE, OPTIONS" : allowed(found));
    return reply;
  }
  const std::string path = util::escape_for_terminal(head.path());
  if (!found.empty()) {
    Reply reply = problem(
        Error(Code::kMethodNotAllowed, fmt::format("{} cannot be done to {}", head.method, path),
              "allowed: " + allowed(found)),
        id);
    reply.headers.emplace_back("Allow", allowed(found));
    return reply;
  }
  std::vector<string_view> known;
  for (const Route& route : parts_.routes) known.push_back(route.doc.path);
  const auto near = util::suggest(path, known);
  throw Error(Code::kNotFound, fmt::format("no such path: {}", path),
              near ? fmt::format("did you mean {}?", *near)
                   : fmt::format("{} lists them all", wire::kOpenapi));
}

std::string Router::allowed(const std::vector<std::size_t>& found) const {
  std::set<string_view> methods{"OPTIONS"};
  for (const std::size_t number : found) {
    methods.insert(parts_.routes[number].doc.method);
    if (parts_.routes[number].doc.method == "GET") methods.insert("HEAD");
  }
  return util::join(std::vector<std::string>(methods.begin(), methods.end()), ", ");
}

Reply Router::problem(const Error& failure, const std::string& id) const {
  const error::Row& row = error::row(failure.code());
  Reply reply{.status = row.http_status, .content_type = std::string(wire::kProblemType)};
  reply.body = wire::encode_problem(failure, id);
  if (row.code == Code::kUnauthorised) reply.headers.emplace_back("WWW-Authenticate", "Bearer");
  if (row.code == Code::kUpgradeRequired) reply.headers.emplace_back("Upgrade", "websocket");
  if (row.retryable) reply.headers.emplace_back("Retry-After", "1");
  return reply;
}

void Router::log_failure(const std::string& id, string_view what) const {
  if (!parts_.log) return;
  parts_.log(
      {util::LogLevel::kError, "request failed", {{"request", id}, {"what", std::string(what)}}});
}

std::string Router::next_id() const { return fmt::format("{}-{:x}", id_prefix_, ++last_id_); }

std::vector<RequestFigures> Router::figures() const {
  const auto sums = sums_.with([](const auto& all) { return all; });
  std::vector<RequestFigures> figures;
  for (const auto& [key, sum] : sums) {
    const auto& [route, status] = key;
    figures.push_back({.method = std::string(route ? route->doc.method : string_view{}),
                       .path = std::string(route ? route->doc.path : string_view{}),
                       .status = status,
                       .count = sum.count,
                       .seconds = std::chrono::duration<double>(sum.time).count()});
  }
  return figures;
}

}  // namespace taskman::http
