#include "common/wire/local.hpp"

#include <array>

#include "common/wire/by_columns.hpp"

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

std::string encode(const DaemonStatus& status) { return encode_by(kStatus, status); }

DaemonStatus decode_daemon_status(std::string_view json) {
  return decode_by(kStatus, json, "daemon status");
}

std::string encode(const Setting& setting) { return encode_by(kSetting, setting); }

Setting decode_setting(std::string_view json) { return decode_by(kSetting, json, "setting"); }

std::string encode(const GitHook& value) { return encode_by(kGitHook, value); }

GitHook decode_git_hook(std::string_view json) { return decode_by(kGitHook, json, "git hook"); }

std::string encode(const GitMention& value) { return encode_by(kGitMention, value); }

GitMention decode_git_mention(std::string_view json) {
  return decode_by(kGitMention, json, "mention");
}

}  // namespace taskman::wire
