#include "cli/commands/origins.hpp"

#include <unistd.h>

#include "cli/client/launcher.hpp"
#include "common/config/paths.hpp"
#include "common/wire/fields.hpp"

namespace taskman::cli {
namespace {

using config::Key;
using config::Origin;
using render::Tone;

render::Fields known_fields() { return wire::field_names(wire::encode(wire::Setting{})); }

render::Table table(Session&, const Items& items) {
  render::Table table;
  table.columns = {{"NAME"}, {"VALUE"}, {"ORIGIN"}, {"WHERE"}};
  for (const auto& item : items) {
    const auto setting = wire::decode_setting(item);
    const bool chosen = setting.where.has_value();
    table.rows.push_back({{setting.name, Tone::kAccent},
                          {setting.value.value_or("-"), chosen ? Tone::kBold : Tone::kPlain},
                          {setting.origin, chosen ? Tone::kPlain : Tone::kDim},
                          {setting.where.value_or("")}});
  }
  return table;
}

constexpr Kind kSettings{"name", "settings", "name,value,origin,where", known_fields, table};

std::optional<std::string> unless_empty(std::string text) {
  if (text.empty()) return std::nullopt;
  return text;
}

/// A path that `key` decides when it is set.
wire::Setting path(Session& session, std::string name, std::string value, std::optional<Key> key) {
  wire::Setting item{.name = std::move(name),
                     .value = unless_empty(std::move(value)),
                     .origin = std::string(config::name(Origin::kDefault)),
                     .where = {}};
  if (!key || !session.settings().text(*key)) return item;
  const auto& decided = session.settings().value(*key);
  item.origin = config::name(decided.origin);
  item.where = unless_empty(decided.where);
  return item;
}

wire::Setting config_file_item(Session& session) {
  const auto& world = session.world();
  auto item = path(session, "config", config::config_file(world.environment, world.account), {});
  if (world.environment("TASKMAN_CONFIG")) {
    item.origin = config::name(Origin::kEnvironment);
    item.where = "TASKMAN_CONFIG";
  }
  return item;
}

/// Nobody asks for them where the daemon runs elsewhere.
void add_local(Session& session, std::vector<wire::Setting>& items) {
  const auto& target = session.target();
  if (target.remote) return;
  const bool theirs = target.hosting == config::Hosting::kTheirs;
  const bool by_url = target.decided_by == Key::kUrl;
  const bool socket_url = by_url && session.settings().text(Key::kUrl)->starts_with("unix:");
  const auto database_key = by_url && !socket_url ? Key::kUrl : Key::kDatabase;
  const auto& paths = target.paths;
  items.push_back(path(session, "socket", paths.socket, socket_url ? Key::kUrl : Key::kSocket));
  if (theirs) return;
  items.push_back(path(session, "database", paths.database, database_key));
  items.push_back(path(session, "lock", paths.lock, database_key));
  items.push_back(path(session, "log", paths.log, Key::kLog));
  items.push_back(path(session, "program", client::find_daemon_program(), {}));
}

}  // namespace

const Kind& setting_kind() { return kSettings; }

wire::Setting setting_item(Session& session, Key key) {
  const auto& settings = session.settings();
  const auto& value = settings.value(key);
  return {.name = std::string(config::row(key).name),
          .value = unless_empty(settings.shown(key)),
          .origin = std::string(config::name(value.origin)),
          .where = unless_empty(value.where)};
}

Items setting_items(Session& session) {
  Items items;
  for (const auto& setting : config::settings())
    items.push_back(wire::encode(setting_item(session, setting.key)));
  return items;
}

Items path_items(Session& session) {
  std::vector<wire::Setting> paths;
  add_local(session, paths);
  paths.push_back(config_file_item(session));
  const auto project = config::find_project_file(session.world().account);
  paths.push_back(path(session, "project file", project.value_or(""), {}));
  Items items;
  for (const auto& each : paths) items.push_back(wire::encode(each));
  return items;
}

wire::Envelope setting_list(const Items& items) {
  return {.kind = "setting.list", .data = wire::array_of(items)};
}

}  // namespace taskman::cli
