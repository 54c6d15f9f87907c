#pragma once
// Where the database, its daemon's socket and the log are. CLI and daemon ask the same function, so
// they meet.
//
// database  the one chosen, else $XDG_DATA_HOME/taskman/taskman.db, else
// ~/.local/share/taskman/taskman.db. ~ is $HOME, or
//           the password file's home without one. With no home, or one that can neither be written
//           nor holds a database, it is /var/tmp/taskman-UID/taskman.db, and a notice says so.
// socket    in $XDG_RUNTIME_DIR/taskman/, else /run/user/UID/taskman/, else /tmp/taskman-UID/: the
// first that is the user's and
//           short enough. `taskman.sock` for the account's standard database in /run/user/UID (what
//           the systemd socket unit listens on), else a name made from the database's path.
// state     $XDG_STATE_HOME/taskman, else ~/.local/state/taskman, else the fallback database's
//           folder.
// log       the one chosen, else taskmand.log in the state folder.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/config/account.hpp"
#include "common/util/environment.hpp"

namespace taskman::config {

/// What the settings say. `~` and `~/…` are of the home, other relative paths of the working
/// folder.
struct PathChoice {
  std::optional<std::string> database;
  std::optional<std::string> socket;
  std::optional<std::string> log;
};

/// All absolute. Nothing has been created.
struct Paths {
  std::string database;
  std::string lock;    ///< `<database>.lock`
  std::string socket;  ///< at most kMaxSocketPath bytes
  std::string log;
  std::string state;                 ///< folder for what is to outlive a run and is no task
  std::vector<std::string> notices;  ///< one line each, for stderr
};

inline constexpr std::size_t kMaxSocketPath = 107;

/// Throws kInvalidValue for a chosen socket path that is too long, or a relative path in a working
/// folder that is gone.
Paths find_paths(const util::Environment& environment, const Account& account,
                 const PathChoice& choice = {});

/// One path of PathChoice's kind.
std::string absolute_path(const util::Environment& environment, const Account& account,
                          const std::string& path);

/// A relative path as one within `folder`, without links being followed; an absolute one, one of
/// `~` and none stay. `sqlite:` is taken off.
std::string path_within(const std::string& folder, std::string path);

/// $TASKMAN_CONFIG, else $XDG_CONFIG_HOME/taskman/config.toml, else ~/.config/taskman/config.toml;
/// empty without a home.
std::string config_file(const util::Environment& environment, const Account& account);

/// The nearest `.taskman.toml`, in the working folder or above it.
std::optional<std::string> find_project_file(const Account& account);

}  // namespace taskman::config
