#include "cli/client/api.hpp"

#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "cli/client/control.hpp"
#include "common/error/error.hpp"
#include "common/time/text.hpp"
#include "common/util/hash.hpp"
#include "common/util/text.hpp"
#include "common/util/version.hpp"
#include "common/wire/paths.hpp"

namespace taskman::client {
namespace {

using error::Code;
using error::Error;

constexpr int kProtocol = 1;
constexpr int kFirstPause = 5;  // ms between tries; doubled up to kLongestPause
constexpr int kLongestPause = 250;

using Version = std::array<int, 3>;

Version parse_version(std::string_view text) {
  Version version{};
  for (auto& part : version) {
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), part);
    if (failed != std::errc{}) break;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (!text.empty()) text.remove_prefix(1);
  }
  return version;
}

/// `1-1`: the lowest and the highest protocol that the daemon speaks.
void check_protocol(const HttpAnswer& answer) {
  const auto range = answer.header(util::to_lower(wire::kProtocolHeader));
  const auto dash = range.find('-');
  if (dash == std::string_view::npos) return;
  const auto low = util::parse_integer(range.substr(0, dash));
  const auto high = util::parse_integer(range.substr(dash + 1));
  if (!low || !high || (*low <= kProtocol && kProtocol <= *high)) return;
  throw Error(Code::kConflict,
              "the daemon speaks protocol " + std::string(range) + ", this taskman speaks " +
                  std::to_string(kProtocol),
              "use the taskman of the daemon's version, or run: taskman daemon restart");
}

/// A dry run; what is data in a target has no `=`.
bool is_trial(const HttpRequest& request) {
  return request.target.find("dry_run=1") != std::string::npos;
}

bool is_worth_another_try(const Error& failure) {
  return failure.code() == Code::kOutcomeUnknown || failure.code() == Code::kOverloaded;
}

/// An answer that was given before this command asked; what it asked for twice itself is its own.
bool is_earlier(const HttpAnswer& answer, int tries, util::Instant began) {
  if (answer.header(util::to_lower(wire::kReplayedHeader)).empty()) return false;
  const auto given = time::parse_rfc3339(answer.header(util::to_lower(wire::kAnsweredHeader)));
  return tries == 0 || (given && *given < began);
}

std::string key_in(const HttpRequest& request) {
  return std::ranges::find(request.headers, wire::kKeyHeader,
                           &decltype(request.headers)::value_type::first)
      ->second;
}

void pause(int tries) {
  ::poll(nullptr, 0, std::min(kFirstPause << std::min(tries, 10), kLongestPause));
}

constexpr std::string_view kMoreTime =
    "give it more time with --timeout, or see what it does: taskman daemon logs";

Error out_of_time(const ApiOptions& options, std::string hint) {
  return {Code::kTimeout, "no answer from the daemon within " + time::to_text(options.timeout),
          std::move(hint)};
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
    if (!is_trial(request)) ++writes_;  // it asks under the key of the write it rehearses
    request.headers.emplace_back(wire::kKeyHeader, std::move(key));
  }
  return request;
}

std::string Api::way_out(const HttpRequest& request, std::string usual) const {
  if (request.method == "GET" || is_trial(request)) return usual;
  // With the key that was sent, the same command does it once at most. A key of the command's own
  // making fits its only write alone.
  const std::string given = options_.key.value_or(writes_ == 1 ? key_in(request) : "");
  if (!options_.takes_key || given.empty())
    return "it may have been done: look before you do it again";
  return "it may have been done; the same command with --key " + given +
         " does it once, whatever happened";
}

std::optional<Connection> Api::reach(const Deadline& deadline) {
  const auto& socket = options_.plan.paths.socket;
  auto open = Connection::open(socket, deadline);
  if (open && options_.hosting == config::Hosting::kOurs) check_peer(*open, socket);
  if (open) ++connections_;
  return open;
}

Connection Api::connect(const Attempt& attempt) {
  Connection connection = open(attempt);
  if (options_.pairing == config::Pairing::kNamed)
    check_database(connection, options_.plan.paths, attempt.deadline);
  return connection;
}

Connection Api::open(const Attempt& attempt) {
  const Deadline& deadline = attempt.deadline;
  const auto& socket = options_.plan.paths.socket;
  if (options_.remote) {
    throw Error(Code::kUsage,
                "cannot reach " + config::to_text(*options_.remote) +
                    ": this version talks to local daemons only",
                "use a unix: or sqlite: URL, or forward the socket with ssh -L");
  }
  if (auto open = reach(deadline)) return std::move(*open);
  const int reason = errno;
  if (reason != ENOENT && reason != ECONNREFUSED) {
    throw Error(Code::kUnreachable, "cannot connect to " + socket + ": " + std::strerror(reason),
                "see: taskman where");
  }
  if (options_.hosting == config::Hosting::kTheirs) {
    throw Error(Code::kUnreachable, "no daemon listens on " + socket,
                "a unix: URL names a daemon that is not started from here; with a db it is: "
                "TASKMAN_DB=/path/to/file.db");
  }
  const auto autostart = std::min(attempt.autostart, options_.autostart);
  if (autostart == Autostart::kNo || (autostart == Autostart::kIfDied && reason == ENOENT)) {
    throw Error(Code::kUnreachable, "no daemon listens on " + socket,
                "start it with: taskman daemon start");
  }
  if (start_daemon(options_.plan, deadline) == Started::kNow)
    options_.verbose("started the daemon on " + socket);
  if (auto open = reach(deadline)) return std::move(*open);
  throw Error(Code::kUnreachable, "the daemon started and was gone again",
              "look into the log: taskman daemon logs");
}

HttpAnswer Api::exchange(const HttpRequest& request, const Attempt& attempt) {
  if (!connection_) connection_.emplace(connect(attempt));
  connection_->send(request, attempt.deadline);
  HttpAnswer answer = connection_->read_answer(attempt.deadline);
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

/// Who runs a command again under its key sees the first answer, which may not be so any more.
void Api::tell_earlier(const HttpRequest& request, const HttpAnswer& answer) {
  if (!options_.key || std::exchange(told_earlier_, true)) return;
  const auto given = answer.header(util::to_lower(wire::kAnsweredHeader));
  options_.notice("key '" + key_in(request) +
                  "' was used before: nothing is changed, this is the answer given" +
                  (given.empty() ? "" : " at " + std::string(given)));
}

bool Api::replace_older(const HttpAnswer& answer, const Deadline& deadline) {
  const auto version = answer.header(util::to_lower(wire::kVersionHeader));
  if (version.empty() || replaced_ || options_.autostart == Autostart::kNo ||
      options_.hosting == config::Hosting::kTheirs)
    return false;
  if (parse_version(version) >= parse_version(util::kVersion)) return false;
  replaced_ = true;
  options_.notice("replacing the daemon of version " + std::string(version) + " by " +
                  std::string(util::kVersion));
  connection_.reset();
  stop_daemon(options_.plan.paths, deadline);
  return true;
}

HttpAnswer Api::send(const Call& call) {
  const Deadline deadline =
      Deadline::after(call.timeout.value_or(options_.timeout)).or_readable(end_fd_);
  const HttpRequest request = request_for(call);
  bool was_lost = false;
  const auto began = options_.clock->now();
  for (int tries = 0;; ++tries) {
    try {
      const Attempt attempt{deadline, call.autostart};
      HttpAnswer answer = was_lost ? exchange_again(request, attempt) : exchange(request, attempt);
      if (replace_older(answer, deadline)) continue;
      check_protocol(answer);
      if (answer.status < 400) {
        if (!call.key && is_earlier(answer, tries, began)) tell_earlier(request, answer);
        return answer;
      }
      const Error refused = wire::decode_problem(answer.body, answer.status);
      if (!is_worth_another_try(refused) || deadline.passed()) throw refused;
    } catch (const ConnectionLost& lost) {
      // The key makes asking again safe: what was done is not done twice.
      was_lost = true;
      connection_.reset();
      if (deadline.passed())
        throw Error(Code::kUnreachable, "lost the daemon: " + lost.reason,
                    way_out(request, "see: taskman daemon logs"));
    } catch (const OutOfTime&) {
      connection_.reset();
      throw out_of_time(options_, way_out(request, std::string(kMoreTime)));
    }
    pause(tries);
  }
}

wire::Envelope Api::get(std::string path, Query query) {
  return wire::decode_envelope(send({.path = std::move(path), .query = std::move(query)}).body);
}

wire::Envelope Api::write(Call call) { return wire::decode_envelope(send(call).body); }

Api::Opened Api::open_stream(const Call& call, const Attempt& attempt) {
  try {
    Connection stream = connect(attempt);
    stream.send(request_for(call), attempt.deadline);
    HttpAnswer head = stream.read_head(attempt.deadline);
    check_protocol(head);
    if (head.status == 200 || head.status == 101) return {std::move(stream), std::move(head)};
    connection_.reset();
    // The refusal's text: the same request as a plain call throws it.
    send(call);
    throw Error(Code::kInternal,
                "the stream was refused with status " + std::to_string(head.status));
  } catch (const OutOfTime&) {
    throw out_of_time(options_, std::string(kMoreTime));
  }
}

}  // namespace taskman::client
