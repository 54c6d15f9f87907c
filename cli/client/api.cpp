#include "cli/client/api.hpp"

#include <poll.h>

#include <algorithm>
#include <cstring>

#include "cli/client/interrupts.hpp"
#include "common/error/error.hpp"
#include "common/util/hash.hpp"
#include "common/wire/paths.hpp"

namespace taskman::client {
namespace {

using error::Code;
using error::Error;

constexpr int kFirstPause = 5;  // ms between tries; doubled up to kLongestPause
constexpr int kLongestPause = 250;

bool is_worth_another_try(const Error& failure, const Call& call) {
  return failure.code() == Code::kOutcomeUnknown ||
         (failure.code() == Code::kOverloaded && call.when_full == WhenFull::kAskAgain);
}

/// No longer than until it is asked to end.
void pause(int tries, const Deadline& deadline) {
  pollfd end = deadline.end();
  ::poll(&end, 1, std::min(kFirstPause << std::min(tries, 10), kLongestPause));
}

constexpr std::string_view kMoreTime =
    "give it more time with --timeout, or see what it does: taskman daemon logs";

std::string ended_by(int signal) {
  const char* name = ::sigabbrev_np(signal);
  return std::string("ended by SIG") + (name == nullptr ? std::to_string(signal) : name);
}

}  // namespace

std::string query_text(const Query& query) {
  std::string text;
  for (const auto& [name, value] : query) {
    text += text.empty() ? '?' : '&';
    text.append(wire::percent_encode(name)).append("=").append(wire::percent_encode(value));
  }
  return text;
}

/// Nobody can guess it, and what is written at one time lies side by side in the daemon's index.
std::string Api::new_key() const {
  const auto now = options_.clock->now().time_since_epoch().count();
  return util::to_hex(static_cast<std::uint64_t>(now)).substr(4) + options_.random->token();
}

HttpRequest Api::request_for(const Call& call) {
  HttpRequest request{.method = call.method,
                      .target = call.path + query_text(call.query),
                      .headers = call.headers,
                      .body = call.body};
  request.headers.emplace_back(wire::kActorHeader, options_.actor);
  request.headers.emplace_back(wire::kOriginHeader, "cli");
  if (!call.body.empty()) request.headers.emplace_back("Content-Type", call.content_type);
  if (call.if_match)
    request.headers.emplace_back("If-Match", "\"" + std::to_string(*call.if_match) + "\"");
  if (call.key) {
    request.headers.emplace_back(wire::kKeyHeader, *call.key);
  } else if (call.method != "GET") {
    std::string key = options_.key ? *options_.key : new_key();
    if (options_.key && writes_ > 0) key += "." + std::to_string(writes_ + 1);
    ++writes_;
    key_ = key;
    request.headers.emplace_back(wire::kKeyHeader, std::move(key));
  }
  return request;
}

// With the key that was sent, the same command does it once at most. A key of the command's own
// making fits its only write alone.
std::string Api::key_of_command() const {
  if (!options_.takes_key) return {};
  return options_.key.value_or(writes_ == 1 ? key_ : "");
}

std::string Api::way_out(const HttpRequest& request, std::string usual) const {
  if (request.method == "GET" || !is_asked_) return usual;
  const std::string key = key_of_command();
  if (key.empty()) return "it may have been done: look before you do it again";
  return "it may have been done; the same command with --key " + key +
         " does it once, whatever happened";
}

std::optional<std::string> Api::way_back() const {
  if (!is_written_) return std::nullopt;
  const std::string key = key_of_command();
  if (key.empty()) return "it was done: look before you do it again";
  return "it was done; the same command with --key " + key +
         " gives its answer again and changes nothing";
}

Error Api::out_of_time(const Call& call, const std::string& hint) const {
  const auto time = call.timeout.value_or(options_.timeout);
  return {Code::kTimeout,
          "no answer from the daemon within " + std::to_string(time.count()) + " ms", hint};
}

HttpAnswer Api::exchange(const HttpRequest& request, const Attempt& attempt) {
  const bool is_new = !connection_;
  if (is_new) connection_.emplace(connect(attempt));
  is_asked_ = true;
  connection_->send(request, attempt.deadline);
  HttpAnswer answer = connection_->read_answer(attempt.deadline);
  if (is_new) ++connections_;
  if (answer.header("connection") == "close") connection_.reset();
  return answer;
}

/// The request was sent before, and its answer lost.
HttpAnswer Api::exchange_again(const HttpRequest& request, const Attempt& attempt) {
  try {
    return exchange(request, attempt);
  } catch (const Error& failure) {
    if (failure.code() != Code::kUnreachable) throw;
    throw Error(failure.code(), failure.message(), way_out(request, failure.hint()));
  }
}

HttpAnswer Api::send(const Call& call) {
  const HttpRequest request = request_for(call);
  const Deadline deadline = Deadline::after(call.timeout.value_or(options_.timeout));
  if (call.method != "GET") return write_until(deadline, call, request);
  return send_until(deadline.or_readable(end_fd_), call, request);
}

HttpAnswer Api::write_until(const Deadline& deadline, const Call& call,
                            const HttpRequest& request) {
  Interrupts interrupts;
  const int end = interrupts.descriptor() < 0 ? end_fd_ : interrupts.descriptor();
  is_asked_ = false;
  try {
    HttpAnswer answer = send_until(deadline.or_readable(end), call, request);
    is_written_ = true;
    if (const int signal = interrupts.take())
      throw Interrupted{signal, Error(Code::kOutcomeUnknown, ended_by(signal) + " when it was done",
                                      way_back().value_or(""))};
    return answer;
  } catch (const Error&) {
    const int signal = interrupts.take();
    if (signal == 0) throw;
    if (!is_asked_) throw Interrupted{signal};
    throw Interrupted{signal,
                      Error(Code::kOutcomeUnknown, ended_by(signal) + " before the answer came",
                            way_out(request, {}))};
  }
}

HttpAnswer Api::send_until(const Deadline& deadline, const Call& call, const HttpRequest& request) {
  bool was_lost = false;
  for (int tries = 0;; ++tries) {
    try {
      const Attempt attempt{deadline, call.autostart};
      HttpAnswer answer = was_lost ? exchange_again(request, attempt) : exchange(request, attempt);
      if (replace_older(answer, deadline)) continue;
      check_protocol(answer);
      if (answer.status < 400) return answer;
      const Error refused = wire::decode_problem(answer.body, answer.status);
      if (!is_worth_another_try(refused, call) || deadline.passed()) throw refused;
    } catch (const ConnectionLost& lost) {
      // The key makes asking again safe: what was done is not done twice.
      was_lost = true;
      connection_.reset();
      if (deadline.passed())
        throw Error(Code::kUnreachable, "lost the daemon: " + lost.reason,
                    way_out(request, "see: taskman daemon logs"));
    } catch (const OutOfTime&) {
      connection_.reset();
      throw out_of_time(call, way_out(request, std::string(kMoreTime)));
    }
    pause(tries, deadline);
  }
}

wire::Envelope Api::get(std::string path, Query query) {
  return wire::decode_envelope(send({.path = std::move(path), .query = std::move(query)}).body);
}

wire::Envelope Api::write(Call call) { return wire::decode_envelope(send(call).body); }

}  // namespace taskman::client
