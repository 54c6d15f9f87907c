#include "common/config/target.hpp"

#include <utility>

namespace taskman::config {
namespace {

std::optional<Key> deciding(const Settings& settings) {
  const bool url = settings.text(Key::kUrl).has_value();
  const bool database = settings.text(Key::kDatabase).has_value();
  if (!url && !database) return std::nullopt;
  if (!url || !database) return url ? Key::kUrl : Key::kDatabase;
  const bool nearer = settings.value(Key::kDatabase).origin > settings.value(Key::kUrl).origin;
  return nearer ? Key::kDatabase : Key::kUrl;
}

bool goes_with_database(const Settings& settings) {
  return settings.text(Key::kDatabase) &&
         settings.value(Key::kDatabase).origin == settings.value(Key::kUrl).origin;
}

}  // namespace

Target find_target(const Settings& settings, const util::Environment& environment,
                   const Account& account) {
  Target target;
  PathChoice choice{.database = settings.text(Key::kDatabase),
                    .socket = settings.text(Key::kSocket),
                    .log = settings.text(Key::kLog)};
  target.decided_by = deciding(settings);
  if (target.decided_by == Key::kUrl) {
    Url url = parse_url(*settings.text(Key::kUrl));
    switch (url.scheme) {
      case Url::Scheme::kUnix:
        choice.socket = url.path;
        if (!goes_with_database(settings)) target.hosting = Hosting::kTheirs;
        break;
      case Url::Scheme::kSqlite:
        choice.database = url.path;
        break;
      default:
        target.remote = std::move(url);
        target.hosting = Hosting::kTheirs;
    }
  }
  if (target.hosting == Hosting::kOurs && choice.database && choice.socket)
    target.pairing = Pairing::kNamed;
  target.paths = find_paths(environment, account, choice);
  return target;
}

std::vector<std::pair<std::string, std::string>> environment_of(const Target& target) {
  const auto by = [](std::string url, std::string database) {
    return std::vector<std::pair<std::string, std::string>>{
        {std::string(row(Key::kUrl).variable), std::move(url)},
        {std::string(row(Key::kDatabase).variable), std::move(database)}};
  };
  if (target.remote) return by(to_text(*target.remote), {});
  const std::string socket = "unix:" + target.paths.socket;
  if (target.hosting == Hosting::kTheirs) return by(socket, {});
  if (target.pairing == Pairing::kNamed) return by(socket, target.paths.database);
  if (target.decided_by) return by("sqlite:" + target.paths.database, {});
  return {};
}

}  // namespace taskman::config
