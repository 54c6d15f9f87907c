#pragma once
// THE table of settings, for both programs: `config show|set`, `where`, docs/config.md and the
// manual are made from it.

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/config/account.hpp"
#include "common/model/retention.hpp"
#include "common/util/environment.hpp"

namespace taskman::config {

enum class Key {
  kUrl,
  kDatabase,
  kToken,
  kActor,
  kProject,
  kOutput,
  kColor,
  kAutostart,
  kTimeout,
  kSocket,
  kLog,
  kLogLevel,
  kHeartbeat,
  kMaxConnections,
  kIdleExit,
  kStreamAge,
  kKeepChanges,
  kHookAttempts,
  kHookBackoff,
  kHookTimeout,
  kHookAuthorities,
};

enum class Type { kText, kPath, kUrl, kSwitch, kNumber, kDuration, kRetention, kChoice };
enum class Reader { kCli, kDaemon, kBoth };
/// Whether a running daemon takes it over on SIGHUP.
enum class Reload { kAtStart, kOnHangup };
/// A project file comes with foreign repositories, so it may not say where to send things.
enum class ProjectFile { kRefused, kAllowed };
enum class Secrecy { kPublic, kSecret };

struct Setting {
  Key key;
  std::string_view name;      ///< also its TOML key: `daemon.log_level` is log_level in [daemon]
  std::string_view variable;  ///< of the environment
  Type type;
  std::string_view standard;  ///< default, as text; empty: not set
  Reader reader;
  std::string_view meaning;
  std::span<const std::string_view> choices = {};  ///< kChoice
  std::string_view least = {};  ///< kDuration: the shortest that works; empty: none is too short
  Reload reload = Reload::kAtStart;
  ProjectFile project_file = ProjectFile::kRefused;
  Secrecy secrecy = Secrecy::kPublic;
};

/// In the order of Key. Constant, thread-safe.
std::span<const Setting> settings();
const Setting& row(Key key);
/// Throws kInvalidValue with a suggestion.
const Setting& find_setting(std::string_view name);

/// Weakest first.
enum class Origin { kDefault, kUserFile, kProjectFile, kEnvironment, kFlag };
std::string_view name(Origin origin);

struct Value {
  std::string text;  ///< in one form whatever was typed: switches `true`/`false`
  Origin origin = Origin::kDefault;
  std::string where;  ///< `/home/a/.config/taskman/config.toml:3`, `TASKMAN_URL`, `--url`; empty
                      ///< for a default
};

/// `all`, `90d`, `1000000` or `90d,1000000`; none for anything else.
std::optional<model::Retention> parse_retention(std::string_view text);

/// Every setting's value and where it came from. A value; thread-safe to read.
class Settings {
 public:
  Settings();
  const Value& value(Key key) const { return values_[static_cast<std::size_t>(key)]; }
  /// None when empty.
  std::optional<std::string> text(Key key) const;
  bool is_on(Key key) const { return value(key).text == "true"; }
  std::int64_t number(Key key) const;
  std::chrono::milliseconds duration(Key key) const;
  model::Retention retention(Key key) const;
  /// For people: a secret as `(set)`.
  std::string shown(Key key) const;

  /// Overrides what is weaker; a later one of the same origin wins. Throws kInvalidValue naming
  /// `where` and the value.
  void set(Key key, std::string_view text, Origin origin, std::string where);

  const std::vector<std::string>& notices() const { return notices_; }
  void add_notice(std::string line) { notices_.push_back(std::move(line)); }

 private:
  std::vector<Value> values_;
  std::vector<std::string> notices_;  ///< one line each, for stderr
};

/// A setting given on the command line.
struct Given {
  Key key;
  std::string text;
  std::string flag;  ///< `--url`
};

/// What becomes of a bad file or variable. A bad flag is always thrown.
enum class Faults { kThrow, kIgnore };  ///< kIgnore: it is left out, with a notice

struct Loading {
  Reader reader = Reader::kCli;
  Faults faults = Faults::kThrow;
};

/// Default, the user's file, the project file (the CLI only), environment (NO_COLOR and
/// CLICOLOR_FORCE too), flags. Throws kInvalidValue naming file and line, the variable or the flag.
Settings load_settings(const util::Environment& environment, const Account& account,
                       const std::vector<Given>& flags = {}, Loading loading = {});

/// The text in the one form that Value keeps. Throws kInvalidValue.
std::string checked(const Setting& setting, std::string_view text);

/// A path, or a URL of a file, as of `folder` when it is relative; any other text as it is. Throws
/// kInvalidValue for what is no URL.
std::string located(const Setting& setting, const std::string& text, const std::string& folder);

}  // namespace taskman::config
