#pragma once
// Documents that the command line makes by itself, without asking the daemon for them.

#include <cstdint>
#include <optional>
#include <string>

#include "common/util/instant.hpp"

namespace taskman::wire {

/// Kind `daemon.status`.
struct DaemonStatus {
  bool running = false;
  std::optional<std::int64_t> pid;
  std::optional<std::string> version;
  std::optional<util::Instant> started_at;
  std::optional<std::int64_t> uptime_seconds;
  std::string socket;
  std::optional<std::string> database;
  std::optional<std::string> log;
  std::optional<std::string> store;  ///< its id
  std::optional<std::string> cursor;
};
std::string encode(const DaemonStatus& status);
DaemonStatus decode_daemon_status(std::string_view json);

/// An item of kind `setting.list`.
struct Setting {
  std::string name;
  std::optional<std::string> value;
  std::string origin;
  std::optional<std::string> where;
};
std::string encode(const Setting& setting);
Setting decode_setting(std::string_view json);

/// An item of kind `git_hook.list`.
struct GitHook {
  std::string name;
  std::string path;
  std::string state;
};
std::string encode(const GitHook& hook);
GitHook decode_git_hook(std::string_view json);

/// An item of kind `git_mention.list`: a trailer of a commit's message.
struct GitMention {
  std::int64_t task = 0;
  std::string trailer;
  std::string outcome;
  std::optional<std::string> message;  ///< why nothing came of it
};
std::string encode(const GitMention& mention);
GitMention decode_git_mention(std::string_view json);

}  // namespace taskman::wire
