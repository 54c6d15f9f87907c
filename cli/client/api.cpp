#include "cli/client/api.hpp"

#include <poll.h>

#include <algorithm>

#include "cli/client/interrupts.hpp"
#include "common/error/error.hpp"
#include "common/time/text.hpp"
#include "common/util/hash.hpp"
#include "common/util/text.hpp"
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

/// A dry run; what is data in a target has no `=`.
bool is_trial(const HttpRequest& request) {
  return request.target.find("dry_run=1") != std::string::npos;
}

/// An answer that was given before this command asked; what it asked for twice itself is its own.
bool is_earlier(const HttpAnswer& answer, int tries, util::Instant began) {
  if (answer.header(util::to_lower(wire::kReplayedHeader)).empty()) return false;
  const auto given = time::parse_rfc3339(answer.header(util::to_lower(wire::kAnsweredHeader)));
  return tries == 0 || (given && *given < began);
}

/// No longer than until it is asked to end.
void pause(int tries, const Deadline& deadline) {
  pollfd end = deadline.end();
  ::poll(&end, 1, std::min(kFirstPause << std::min(tries, 10), kLongestPause));
}

constexpr std::string_view kMoreTime =
    "give it more time with --timeout, or see what it does: taskman daemon logs";

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
  request.headers.emplace_back(wire::kOriginHeader, options_.origin);
  if (!call.body.empty()) request.headers.emplace_back("Content-Type", call.content_type);
  if (call.if_match)
    request.headers.emplace_back("If-Match", "\"" + std::to_string(*call.if_match) + "\"");
  if (call.key) {
    request.headers.emplace_back(wire::kKeyHeader, *call.key);
  } else if (call.method != "GET") {
    std::string key = options_.key ? *options_.key : new_key();
    if (options_.key && writes_ > 0) key += "." + std::to_string(writes_ + 1);
    if (!is_trial(request)) ++writes_;  // it asks under the key of the write it rehearses
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
  if (request.method == "GET" || !is_asked_ || is_trial(request)) return usual;
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
  const auto patience = call.timeout.value_or(options_.timeout);
  return {Code::kTimeout, "no answer from the daemon within " + time::to_text(patience), hint};
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

/// The write was sent before, and its answer lost. None while nobody listens and whoever runs the
/// daemon may bring it back: nothing else can tell whether it was done.
std::optional<HttpAnswer> Api::exchange_again(const HttpRequest& request, const Attempt& attempt) {
  const bool is_theirs_to_start =
      options_.autostart == Autostart::kNo || options_.hosting == config::Hosting::kTheirs;
  try {
    return exchange(request, attempt);
  } catch (const Error& failure) {
    if (failure.code() != Code::kUnreachable) throw;
    if (is_theirs_to_start && request.method != "GET" && !attempt.deadline.passed())
      return std::nullopt;
    throw Error(failure.code(), failure.message(), way_out(request, failure.hint()));
  }
}

/// Who runs a command again under its key sees the first answer, which may not be so any more.
void Api::tell_earlier(const HttpAnswer& answer) {
  if (!options_.key || std::exchange(told_earlier_, true)) return;
  const auto given = answer.header(util::to_lower(wire::kAnsweredHeader));
  options_.notice("key '" + key_ +
                  "' was used before: nothing is changed, this is the answer given" +
                  (given.empty() ? "" : " at " + std::string(given)));
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
  const auto began = options_.clock->now();
  std::optional<Error> refused;  // for now: there was no room
  for (int tries = 0;; ++tries) {
    try {
      const Attempt attempt{deadline, call.autostart};
      auto answer = was_lost ? exchange_again(request, attempt) : exchange(request, attempt);
      if (answer) {
        if (replace_older(*answer, deadline)) continue;
        check_protocol(*answer);
        if (answer->status < 400) {
          if (!call.key && is_earlier(*answer, tries, began)) tell_earlier(*answer);
          return std::move(*answer);
        }
        refused = wire::decode_problem(answer->body, answer->status);
        if (!is_worth_another_try(*refused, call)) throw Error(*refused);
      }
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
    if (refused && deadline.passed()) throw Error(*refused);
    refused.reset();
  }
}

wire::Envelope Api::get(std::string path, Query query) {
  return wire::decode_envelope(send({.path = std::move(path), .query = std::move(query)}).body);
}

wire::Envelope Api::write(Call call) { return wire::decode_envelope(send(call).body); }

}  // namespace taskman::client
