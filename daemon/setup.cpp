#include "daemon/setup.hpp"

#include <algorithm>
#include <utility>

#include "common/config/folders.hpp"
#include "common/config/settings.hpp"

namespace taskman {
namespace {

using config::Key;

constexpr std::string_view kSqlite = "sqlite:";

std::string_view name(util::LogLevel level) {
  constexpr std::string_view kNames[] = {"debug", "info", "warning", "error"};
  return kNames[static_cast<std::size_t>(level)];
}

std::vector<config::Given> given(const Flags& flags) {
  std::vector<config::Given> all;
  const auto add = [&](Key key, const std::optional<std::string>& text, std::string flag) {
    if (text) all.push_back({key, *text, std::move(flag)});
  };
  add(Key::kSocket, flags.socket, "--socket");
  add(Key::kLog, flags.log, "--log");
  if (flags.log_level) add(Key::kLogLevel, std::string(name(*flags.log_level)), "--log-level");
  return all;
}

bool is_url(const std::string& database) { return database.find("://") != std::string::npos; }

std::optional<std::string> database_of(const Flags& flags, const config::Settings& settings) {
  auto database = flags.database ? flags.database : settings.text(Key::kDatabase);
  if (database && database->starts_with(kSqlite)) database->erase(0, kSqlite.size());
  return database;
}

}  // namespace

Setup make_setup(const Flags& flags, const util::Environment& environment,
                 const config::Account& account) {
  const config::Settings settings = config::load_settings(environment, account, given(flags),
                                                          {.reader = config::Reader::kDaemon});
  const auto database = database_of(flags, settings);
  const bool other_backend = database && is_url(*database);
  Setup setup;
  setup.paths = config::find_paths(environment, account,
                                   {.database = other_backend ? std::nullopt : database,
                                    .socket = settings.text(Key::kSocket),
                                    .log = settings.text(Key::kLog)});
  setup.daemon.database = other_backend ? *database : std::string(kSqlite) + setup.paths.database;
  setup.daemon.socket = setup.paths.socket;
  setup.daemon.network_files = flags.network_files;
  setup.daemon.idle_exit = flags.idle_exit.value_or(settings.duration(Key::kIdleExit));
  setup.daemon.listen = flags.listen;
  setup.daemon.keep_changes = flags.keep_changes.value_or(settings.retention(Key::kKeepChanges));
  setup.daemon.max_connections = static_cast<std::size_t>(settings.number(Key::kMaxConnections));
  setup.daemon.feed.max_age = settings.duration(Key::kStreamAge);
  setup.daemon.feed.max_readers = setup.daemon.max_connections;
  setup.daemon.feed.heartbeat = settings.duration(Key::kHeartbeat);
  setup.daemon.hooks.attempts = settings.number(Key::kHookAttempts);
  setup.daemon.hooks.backoff = settings.duration(Key::kHookBackoff);
  setup.daemon.hooks.command.limit = setup.daemon.hooks.post.limit =
      settings.duration(Key::kHookTimeout);
  if (const auto file = settings.text(Key::kHookAuthorities))
    setup.daemon.hooks.post.authorities = config::absolute_path(environment, account, *file);
  if (!other_backend) setup.daemon.hooks.lock = setup.paths.database + ".hooks";
  setup.log.level =
      find_log_level(settings.value(Key::kLogLevel).text).value_or(util::LogLevel::kInfo);
  if (flags.log_to == Flags::LogTo::kFile || flags.log) setup.log.path = setup.paths.log;
  setup.notices = settings.notices();
  std::ranges::copy(setup.paths.notices, std::back_inserter(setup.notices));
  return setup;
}

void make_folders(const Setup& setup, const config::Account& account) {
  config::make_folder_for(setup.paths.socket, account);
  config::make_folder_for(setup.paths.database, account);
  if (!setup.log.path.empty()) config::make_folder_for(setup.log.path, account);
}

}  // namespace taskman
