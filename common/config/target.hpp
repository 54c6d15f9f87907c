#pragma once
// From settings to whom to talk to.

#include <optional>
#include <string>

#include "common/config/paths.hpp"
#include "common/config/settings.hpp"
#include "common/config/url.hpp"

namespace taskman::config {

/// A daemon: a remote one, or a local one behind paths.socket, which serves paths.database.
struct Target {
  std::optional<Url> remote;  ///< http or https; then `paths` is not meant
  Paths paths;
  /// The setting that decided: `url`, `db`; none when it is the standard database.
  std::optional<Key> decided_by;
};

/// `url` and `db` rule each other out: the one given nearer to the command wins, at the same
/// distance `url`. `unix:/path` sets the socket, `sqlite:/path` the database.
Target find_target(const Settings& settings, const util::Environment& environment,
                   const Account& account);

}  // namespace taskman::config
