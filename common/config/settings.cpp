#include "common/config/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "common/config/url.hpp"
#include "common/error/error.hpp"
#include "common/time/text.hpp"
#include "common/util/text.hpp"

namespace taskman::config {
namespace {

using Words = std::string_view;

constexpr std::array<Words, 3> kOutputs{"auto", "json", "csv"};
constexpr std::array<Words, 3> kColors{"auto", "always", "never"};
constexpr std::array<Words, 4> kLevels{"debug", "info", "warning", "error"};

constexpr std::array kSettings{
    Setting{.key = Key::kUrl,
            .name = "url",
            .variable = "TASKMAN_URL",
            .type = Type::kUrl,
            .standard = "",
            .reader = Reader::kCli,
            .meaning = "the daemon to talk to; not set: this machine's, for `db`"},
    Setting{.key = Key::kDatabase,
            .name = "db",
            .variable = "TASKMAN_DB",
            .type = Type::kPath,
            .standard = "",
            .reader = Reader::kBoth,
            .meaning = "the database; not set: ~/.local/share/taskman/taskman.db"},
    Setting{.key = Key::kToken,
            .name = "token",
            .variable = "TASKMAN_TOKEN",
            .type = Type::kText,
            .standard = "",
            .reader = Reader::kCli,
            .meaning = "what a remote daemon knows you by",
            .secrecy = Secrecy::kSecret},
    Setting{.key = Key::kActor,
            .name = "actor",
            .variable = "TASKMAN_ACTOR",
            .type = Type::kText,
            .standard = "",
            .reader = Reader::kCli,
            .meaning = "who you are in the change log, and @me; not set: the login name"},
    Setting{.key = Key::kProject,
            .name = "project",
            .variable = "TASKMAN_PROJECT",
            .type = Type::kText,
            .standard = "",
            .reader = Reader::kCli,
            .meaning = "the project of new tasks and sprints, and of `current`",
            .project_file = ProjectFile::kAllowed},
    Setting{.key = Key::kOutput,
            .name = "output",
            .variable = "TASKMAN_OUTPUT",
            .type = Type::kChoice,
            .standard = "auto",
            .reader = Reader::kCli,
            .meaning = "auto is a table on a terminal and tab-separated text in a pipe",
            .choices = kOutputs,
            .project_file = ProjectFile::kAllowed},
    Setting{.key = Key::kColor,
            .name = "color",
            .variable = "TASKMAN_COLOR",
            .type = Type::kChoice,
            .standard = "auto",
            .reader = Reader::kCli,
            .meaning = "auto is colour on a terminal; NO_COLOR and CLICOLOR_FORCE count too",
            .choices = kColors,
            .project_file = ProjectFile::kAllowed},
    Setting{.key = Key::kAutostart,
            .name = "autostart",
            .variable = "TASKMAN_AUTOSTART",
            .type = Type::kSwitch,
            .standard = "true",
            .reader = Reader::kCli,
            .meaning = "start the daemon when it does not run"},
    Setting{.key = Key::kTimeout,
            .name = "timeout",
            .variable = "TASKMAN_TIMEOUT",
            .type = Type::kDuration,
            .standard = "30s",
            .reader = Reader::kCli,
            .meaning = "how long a command tries before it gives up",
            .least = "1ms",
            .project_file = ProjectFile::kAllowed},
    Setting{.key = Key::kSocket,
            .name = "daemon.socket",
            .variable = "TASKMAN_SOCKET",
            .type = Type::kPath,
            .standard = "",
            .reader = Reader::kBoth,
            .meaning = "the daemon's Unix socket; not set: made from the database's path"},
    Setting{.key = Key::kLog,
            .name = "daemon.log",
            .variable = "TASKMAN_LOG",
            .type = Type::kPath,
            .standard = "",
            .reader = Reader::kBoth,
            .meaning = "the daemon's log; not set: ~/.local/state/taskman/taskmand.log"},
    Setting{.key = Key::kLogLevel,
            .name = "daemon.log_level",
            .variable = "TASKMAN_LOG_LEVEL",
            .type = Type::kChoice,
            .standard = "info",
            .reader = Reader::kDaemon,
            .meaning = "the least important record that is written",
            .choices = kLevels,
            .reload = Reload::kOnHangup},
    Setting{.key = Key::kHeartbeat,
            .name = "daemon.heartbeat",
            .variable = "TASKMAN_HEARTBEAT",
            .type = Type::kDuration,
            .standard = "15s",
            .reader = Reader::kDaemon,
            .meaning = "how often a quiet stream says that it is alive",
            .least = "10ms"},
    Setting{.key = Key::kMaxConnections,
            .name = "daemon.max_connections",
            .variable = "TASKMAN_MAX_CONNECTIONS",
            .type = Type::kNumber,
            .standard = "10000",
            .reader = Reader::kDaemon,
            .meaning = "connections at once, streams included"},
    Setting{.key = Key::kIdleExit,
            .name = "daemon.idle_exit",
            .variable = "TASKMAN_IDLE_EXIT",
            .type = Type::kDuration,
            .standard = "0s",
            .reader = Reader::kDaemon,
            .meaning = "end after so long without a connection; 0s: never"},
    Setting{.key = Key::kStreamAge,
            .name = "daemon.stream_age",
            .variable = "TASKMAN_STREAM_AGE",
            .type = Type::kDuration,
            .standard = "0s",
            .reader = Reader::kDaemon,
            .meaning = "end a stream of changes, to be resumed, after so long: less than what a "
                       "proxy allows; 0s: never"},
    Setting{.key = Key::kKeepChanges,
            .name = "daemon.keep_changes",
            .variable = "TASKMAN_KEEP_CHANGES",
            .type = Type::kRetention,
            .standard = "all",
            .reader = Reader::kDaemon,
            .meaning = "how much of the change log is kept: all, 90d, 1000000, or 90d,1000000: "
                       "what is older, or beyond so many, goes"},
    Setting{.key = Key::kHookAttempts,
            .name = "daemon.hook_attempts",
            .variable = "TASKMAN_HOOK_ATTEMPTS",
            .type = Type::kNumber,
            .standard = "10",
            .reader = Reader::kDaemon,
            .meaning = "after so many a change that a hook does not take becomes a dead letter"},
    Setting{.key = Key::kHookBackoff,
            .name = "daemon.hook_backoff",
            .variable = "TASKMAN_HOOK_BACKOFF",
            .type = Type::kDuration,
            .standard = "1s",
            .reader = Reader::kDaemon,
            .meaning = "how long a hook that failed is let be; twice as long each time, to 5m",
            .least = "1ms"},
    Setting{.key = Key::kHookTimeout,
            .name = "daemon.hook_timeout",
            .variable = "TASKMAN_HOOK_TIMEOUT",
            .type = Type::kDuration,
            .standard = "60s",
            .reader = Reader::kDaemon,
            .meaning = "how long a hook's command, or post, may take",
            .least = "1ms"},
    Setting{.key = Key::kHookAuthorities,
            .name = "daemon.hook_ca",
            .variable = "TASKMAN_HOOK_CA",
            .type = Type::kPath,
            .standard = "",
            .reader = Reader::kDaemon,
            .meaning = "a PEM file of certificate authorities that posts of hooks trust beside the "
                       "system's"},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kSettings.size(); ++i) {
    if (static_cast<std::size_t>(kSettings[i].key) != i) return false;
  }
  return kSettings.size() == static_cast<std::size_t>(Key::kHookAuthorities) + 1;
}
static_assert(in_order(), "the table holds every setting once, in the order of Key");

constexpr std::array<Words, 5> kOrigins{"default", "user file", "project file", "environment",
                                        "flag"};

}  // namespace

std::span<const Setting> settings() { return kSettings; }

const Setting& row(Key key) { return kSettings[static_cast<std::size_t>(key)]; }

const Setting& find_setting(std::string_view name) {
  const auto found = std::ranges::find(kSettings, name, &Setting::name);
  if (found != kSettings.end()) return *found;
  std::vector<std::string_view> known;
  for (const Setting& each : kSettings) known.push_back(each.name);
  const auto near = util::suggest(name, known);
  throw error::Error(error::Code::kInvalidValue,
                     fmt::format("unknown setting '{}'", util::escape_for_terminal(name)),
                     fmt::format("{}known: {}", near ? fmt::format("did you mean {}? ", *near) : "",
                                 fmt::join(known, ", ")));
}

std::string_view name(Origin origin) { return kOrigins[static_cast<std::size_t>(origin)]; }

Settings::Settings() {
  for (const Setting& each : kSettings) values_.push_back({.text = std::string(each.standard)});
}

std::optional<std::string> Settings::text(Key key) const {
  const std::string& text = value(key).text;
  if (text.empty()) return std::nullopt;
  return text;
}

std::int64_t Settings::number(Key key) const {
  return util::parse_integer(value(key).text).value_or(0);
}

std::chrono::milliseconds Settings::duration(Key key) const {
  return time::parse_duration(value(key).text).value_or(std::chrono::milliseconds{0});
}

model::Retention Settings::retention(Key key) const {
  return parse_retention(value(key).text).value_or(model::Retention{});
}

std::string Settings::shown(Key key) const {
  const std::string& text = value(key).text;
  return row(key).secrecy == Secrecy::kSecret && !text.empty() ? "(set)" : text;
}

void Settings::set(Key key, std::string_view text, Origin origin, std::string where) {
  Value& value = values_[static_cast<std::size_t>(key)];
  if (origin < value.origin) return;
  try {
    value = {.text = checked(row(key), text), .origin = origin, .where = where};
  } catch (const error::Error& error) {
    throw error::Error(error.code(), fmt::format("{}: {}", where, error.message()), error.hint());
  }
}

}  // namespace taskman::config
