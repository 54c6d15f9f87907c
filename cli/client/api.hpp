#pragma once
// The API as commands see it: one call, one answer. Starts the daemon when nobody listens, asks
// again with the same key when an answer was lost, replaces an older daemon once. One thread.

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/client/connection.hpp"
#include "cli/client/launcher.hpp"
#include "common/config/target.hpp"
#include "common/config/url.hpp"
#include "common/time/clock.hpp"
#include "common/util/random.hpp"
#include "common/wire/envelope.hpp"
#include "common/wire/paths.hpp"

namespace taskman::client {

/// What is done about an answer that there is no room for us just now.
enum class WhenFull {
  kAskAgain,  ///< until the deadline
  kTell,      ///< thrown, kOverloaded, for who has its own way to ask again
};

/// Whether a daemon that is not there is started.
enum class Autostart {
  kNo,
  kIfDied,  ///< only when it left its socket behind, as after kill -9; not when it was stopped
  kYes,
};

struct ApiOptions {
  LaunchPlan plan;
  std::optional<config::Url> remote;  ///< http(s)
  config::Hosting hosting = config::Hosting::kOurs;
  config::Pairing pairing = config::Pairing::kDerived;
  Autostart autostart = Autostart::kYes;  ///< counts for a daemon of ours only
  std::string actor;
  std::string_view origin = wire::kCliOrigin;
  bool takes_key = false;          ///< a key can be given: the command has --key
  std::optional<std::string> key;  ///< for the first write; later ones get `<key>.2`, …
  std::chrono::milliseconds timeout{30'000};
  util::Random* random = nullptr;                ///< not null
  const time::Clock* clock = nullptr;            ///< not null
  std::function<void(std::string_view)> notice;  ///< for stderr; not empty
  std::function<void(std::string_view)> verbose = [](std::string_view) {};  ///< with --verbose
};

using Query = std::vector<std::pair<std::string, std::string>>;

struct Call {
  std::string_view method = "GET";
  std::string path;
  Query query{};
  std::string body{};
  std::string content_type = "application/json";
  std::optional<std::int64_t> if_match{};
  std::vector<std::pair<std::string_view, std::string>> headers{};
  Autostart autostart = Autostart::kYes;  ///< no more than the options allow
  WhenFull when_full = WhenFull::kAskAgain;
  std::optional<std::string> key{};  ///< of a write; none: that of the options, or a new one
  std::optional<std::chrono::milliseconds> timeout{};  ///< none: that of the options
};

class Api {
 public:
  explicit Api(ApiOptions options) : options_(std::move(options)) {}

  /// Any answer below 400 (304 too). Throws what the API refused, kUnreachable, kTimeout;
  /// Interrupted when a signal ends the wait for the answer to a write.
  HttpAnswer send(const Call& call);
  /// The answer's envelope.
  wire::Envelope get(std::string path, Query query = {});
  wire::Envelope write(Call call);

  struct Attempt {
    Deadline deadline;
    Autostart autostart = Autostart::kYes;
  };
  /// A connection of its own whose answer is a stream.
  struct Opened {
    Connection connection;
    HttpAnswer head;  ///< 200 or 101
  };
  Opened open_stream(const Call& call, const Attempt& attempt);

  /// An idempotency key for a write that is not what --key is about.
  std::string new_key() const;

  const ApiOptions& options() const { return options_; }
  /// From now on calls give up, as out of time, once `fd` is readable (-1: no more).
  void give_up_on(int fd) { end_fd_ = fd; }
  /// How many connections got an answer: with another one there may be another daemon.
  int connections() const { return connections_; }
  /// From now on nobody starts more than this: for who only looks on, and may do so for long.
  void limit_autostart(Autostart most) { options_.autostart = std::min(options_.autostart, most); }
  /// Lets the connection go until it is needed again: it takes a place that others may need.
  void hang_up() { connection_.reset(); }
  /// Of a write that failed without an answer: whether the daemon may have done it all the same.
  bool may_be_done() const { return is_asked_; }
  /// How to come by the answers that were given, for who could not keep them; none when nothing was
  /// written.
  std::optional<std::string> way_back() const;

 private:
  HttpAnswer send_until(const Deadline& deadline, const Call& call, const HttpRequest& request);
  HttpAnswer write_until(const Deadline& deadline, const Call& call, const HttpRequest& request);
  error::Error out_of_time(const Call& call, const std::string& hint) const;
  HttpAnswer exchange(const HttpRequest& request, const Attempt& attempt);
  std::optional<HttpAnswer> exchange_again(const HttpRequest& request, const Attempt& attempt);
  Connection connect(const Attempt& attempt);
  std::optional<Connection> reach(const Deadline& deadline);
  Connection open(const Attempt& attempt);
  Connection start_and_open(const Deadline& deadline);
  /// Throws kConflict when the daemon speaks no protocol of ours.
  static void check_protocol(const HttpAnswer& answer);
  HttpRequest request_for(const Call& call);
  /// What to do when no answer came to what may have been sent.
  std::string way_out(const HttpRequest& request, std::string usual) const;
  /// With which the whole command can be repeated; empty when it cannot.
  std::string key_of_command() const;
  /// Says, once, that an answer is one that was given to an earlier command.
  void tell_earlier(const HttpAnswer& answer);
  /// True when an older daemon was replaced, so the call has to be sent again.
  bool replace_older(const HttpAnswer& answer, const Deadline& deadline);

  ApiOptions options_;
  std::optional<Connection> connection_;
  int end_fd_ = -1;
  int connections_ = 0;
  int writes_ = 0;
  std::string key_;        ///< of the last write
  bool is_asked_ = false;  ///< the request of the last call was sent, as far as we know
  bool is_written_ = false;
  bool replaced_ = false;
  bool told_earlier_ = false;
};

/// `?a=b&c=d`, encoded; empty for none.
std::string query_text(const Query& query);

}  // namespace taskman::client
