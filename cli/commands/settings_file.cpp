#include "cli/commands/settings_file.hpp"

#include <algorithm>

#include "cli/commands/origins.hpp"
#include "common/config/config_edit.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"

namespace taskman::cli {
namespace {

using config::Origin;

std::string file_of(Session& session) {
  const auto& world = session.world();
  auto file = config::config_file(world.environment, world.account);
  if (!file.empty()) return file;
  throw error::Error(error::Code::kUsage, "there is no home folder to keep settings in",
                     "name a file with TASKMAN_CONFIG");
}

/// What a person has to know for the setting to work.
void say_what_is_left(Session& session, const config::Setting& setting) {
  const auto& now = session.settings().value(setting.key);
  if (now.origin > Origin::kUserFile) {
    session.notice("taskman: " + now.where + " is stronger and says '" +
                   session.settings().shown(setting.key) + "'");
  }
  if (setting.reader == config::Reader::kCli) return;
  const bool hangup = setting.reload == config::Reload::kOnHangup;
  session.notice(hangup ? "taskman: a running daemon takes it over on SIGHUP or when restarted"
                        : "taskman: a running daemon takes it over when restarted: "
                          "taskman daemon restart");
}

int print_change(Session& session, const wire::Setting& item) {
  const std::string text =
      (item.value ? "set " + item.name + " = " + *item.value : "unset " + item.name) + " in " +
      item.where.value_or("");
  return print_document(session, "setting.list", wire::array_of({wire::encode(item)}),
                        util::escape_for_terminal(text) + "\n");
}

bool is_known(std::string_view name) {
  return std::ranges::any_of(config::settings(),
                             [&](const config::Setting& each) { return each.name == name; });
}

}  // namespace

int change_setting(Session& session, const std::string& name, std::optional<std::string> value) {
  const auto file = file_of(session);
  wire::Setting item{.name = name,
                     .value = {},
                     .origin = std::string(config::name(Origin::kUserFile)),
                     .where = file};
  // A name that does not exist is what has to go from a file that is refused.
  if (!value && !is_known(name) && config::drop_key(file, name)) return print_change(session, item);
  const auto& setting = config::find_setting(name);
  // Typed here, so it is of this folder; a relative path in the file is of the file's.
  if (const auto& here = session.world().account.working_folder; value && !here.empty())
    value = config::located(setting, *value, here);
  config::write_setting(file, setting, value);
  const bool secret = setting.secrecy == config::Secrecy::kSecret;
  if (value) item.value = secret ? "(set)" : config::checked(setting, *value);
  print_change(session, item);
  say_what_is_left(session, setting);
  return 0;
}

}  // namespace taskman::cli
