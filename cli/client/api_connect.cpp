// Api: how it comes by a connection, and to which daemon.

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "cli/client/api.hpp"
#include "cli/client/control.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/util/version.hpp"
#include "common/wire/paths.hpp"

namespace taskman::client {
namespace {

using error::Code;
using error::Error;

constexpr int kProtocol = 1;
constexpr int kMostStarts = 3;  // of daemons that were gone again when they were asked

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

}  // namespace

/// `1-1`: the lowest and the highest protocol that the daemon speaks.
void Api::check_protocol(const HttpAnswer& answer) {
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

std::optional<Connection> Api::reach(const Deadline& deadline) {
  const auto& socket = options_.plan.paths.socket;
  auto open = Connection::open(socket, deadline);
  if (open && options_.hosting == config::Hosting::kOurs) check_peer(*open, socket);
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
  return start_and_open(deadline);
}

/// What listened when it was looked may have been ending: then it is asked for once more.
Connection Api::start_and_open(const Deadline& deadline) {
  for (int started = 0; started < kMostStarts && !(started > 0 && deadline.passed());) {
    if (start_daemon(options_.plan, deadline) == Started::kNow) {
      ++started;
      options_.verbose("started the daemon on " + options_.plan.paths.socket);
    }
    if (auto open = reach(deadline)) return std::move(*open);
  }
  throw Error(Code::kUnreachable, "the daemon started and was gone again",
              "look into the log: taskman daemon logs");
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

Api::Opened Api::open_stream(const Call& call, const Attempt& attempt) {
  try {
    Connection stream = connect(attempt);
    stream.send(request_for(call), attempt.deadline);
    HttpAnswer head = stream.read_head(attempt.deadline);
    ++connections_;
    check_protocol(head);
    if (head.status == 200 || head.status == 101) return {std::move(stream), std::move(head)};
    stream.read_body(head, attempt.deadline);
    throw wire::decode_problem(head.body, head.status);
  } catch (const OutOfTime&) {
    throw Error(Code::kTimeout, "no stream begins");
  }
}

}  // namespace taskman::client
