#include "common/wire/local.hpp"

#include <array>

#include "common/wire/columns.hpp"

namespace taskman::wire {
namespace {

constexpr std::array kStatus{
    column<DaemonStatus, &DaemonStatus::running>("running"),
    column<DaemonStatus, &DaemonStatus::pid>("pid"),
    column<DaemonStatus, &DaemonStatus::version>("version"),
    column<DaemonStatus, &DaemonStatus::started_at>("started_at"),
    column<DaemonStatus, &DaemonStatus::uptime_seconds>("uptime_seconds"),
    column<DaemonStatus, &DaemonStatus::socket>("socket"),
    column<DaemonStatus, &DaemonStatus::database>("database"),
    column<DaemonStatus, &DaemonStatus::log>("log"),
    column<DaemonStatus, &DaemonStatus::store>("store"),
    column<DaemonStatus, &DaemonStatus::cursor>("cursor"),
};

constexpr std::array kSetting{
    column<Setting, &Setting::name>("name"),
    column<Setting, &Setting::value>("value"),
    column<Setting, &Setting::origin>("origin"),
    column<Setting, &Setting::where>("where"),
};

constexpr std::array kGitHook{
    column<GitHook, &GitHook::name>("name"),
    column<GitHook, &GitHook::path>("path"),
    column<GitHook, &GitHook::state>("state"),
};

constexpr std::array kGitMention{
    column<GitMention, &GitMention::task>("task"),
    column<GitMention, &GitMention::trailer>("trailer"),
    column<GitMention, &GitMention::outcome>("outcome"),
    column<GitMention, &GitMention::message>("message"),
};

}  // namespace

std::string encode(const DaemonStatus& status) {
  std::string out;
  put_object(out, std::span<const Column<DaemonStatus>>(kStatus), status);
  return out;
}

DaemonStatus decode_daemon_status(std::string_view json) {
  DaemonStatus status;
  get_object(parse(json, "daemon status"), kStatus, status, Unknown::kIgnore, "daemon status");
  return status;
}

std::string encode(const Setting& setting) {
  std::string out;
  put_object(out, std::span<const Column<Setting>>(kSetting), setting);
  return out;
}

Setting decode_setting(std::string_view json) {
  Setting setting;
  get_object(parse(json, "setting"), kSetting, setting, Unknown::kIgnore, "setting");
  return setting;
}

std::string encode(const GitHook& value) {
  std::string out;
  put_object(out, std::span<const Column<GitHook>>(kGitHook), value);
  return out;
}

GitHook decode_git_hook(std::string_view json) {
  GitHook value;
  get_object(parse(json, "git hook"), kGitHook, value, Unknown::kIgnore, "git hook");
  return value;
}

std::string encode(const GitMention& value) {
  std::string out;
  put_object(out, std::span<const Column<GitMention>>(kGitMention), value);
  return out;
}

GitMention decode_git_mention(std::string_view json) {
  GitMention value;
  get_object(parse(json, "mention"), kGitMention, value, Unknown::kIgnore, "mention");
  return value;
}

}  // namespace taskman::wire
