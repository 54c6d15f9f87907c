#pragma once
// From a Reply to the bytes of its head: status line, what every answer carries, what frames it.

#include <string>
#include <string_view>

#include "common/time/clock.hpp"
#include "daemon/http/request.hpp"

namespace taskman::http {

/// What every answer says about this daemon.
struct Identity {
  std::string version;
  std::string protocol;  ///< `1-1`: the oldest and the newest spoken
  std::string store;     ///< id of the store
};

/// What the connection does after the answer; the last is for HTTP/1.0, which has to be told.
enum class Persistence { kClose, kKeepAlive, kKeepAliveSaid, kUpgrade };

/// One for all connections; thread-safe.
class AnswerWriter {
 public:
  AnswerWriter(const Identity& identity, const time::Clock& clock);

  /// The head with its blank line. Control characters of header values are dropped: a value cannot
  /// end its line.
  std::string write_head(const Reply& reply, Persistence persistence) const;

 private:
  std::string date() const;

  const time::Clock& clock_;
  const std::string fixed_;
};

/// The reason phrase, empty for an unknown status.
std::string_view reason(int status);

}  // namespace taskman::http
