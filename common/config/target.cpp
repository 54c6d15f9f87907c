#include "common/config/target.hpp"

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

}  // namespace taskman::config
