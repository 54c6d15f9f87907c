#pragma once
// From settings to whom to talk to.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/config/paths.hpp"
#include "common/config/settings.hpp"
#include "common/config/url.hpp"

namespace taskman::config {

/// Whether the daemon is ours to start and to replace.
enum class Hosting {
  kOurs,
  kTheirs,  ///< `url` names a socket alone: what is behind it is another's business, perhaps on
            ///< another machine (ssh -L)
};

/// Whether socket and database are known to belong together.
enum class Pairing {
  kDerived,  ///< the one was made from the other, or from the standard one
  kNamed,    ///< each was given, so that they may not
};

/// A daemon: a remote one, or a local one behind paths.socket, which serves paths.database.
struct Target {
  std::optional<Url> remote;  ///< http or https; then `paths` is not meant
  Paths paths;
  /// The setting that decided: `url`, `db`; none when it is the standard database.
  std::optional<Key> decided_by;
  Hosting hosting = Hosting::kOurs;
  Pairing pairing = Pairing::kDerived;
};

/// `url` and `db` rule each other out: the one given nearer to the command wins, at the same
/// distance `url`. `unix:/path` sets the socket, `sqlite:/path` the database. `unix:/path` and a
/// `db` of the same origin go together: a daemon of ours for that database on that socket.
Target find_target(const Settings& settings, const util::Environment& environment,
                   const Account& account);

/// The variables by which a program that is started from here finds the same daemon, wherever it
/// goes: with absolute paths, an empty one for a setting that must not count. Empty when it is the
/// standard one, which every program finds.
std::vector<std::pair<std::string, std::string>> environment_of(const Target& target);

}  // namespace taskman::config
