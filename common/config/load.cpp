// Where settings come from.
#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <system_error>

#include "common/config/folders.hpp"
#include "common/config/paths.hpp"
#include "common/config/settings.hpp"
#include "common/config/toml.hpp"
#include "common/error/error.hpp"
#include "common/util/file.hpp"

namespace taskman::config {
namespace {

[[noreturn]] void refuse(const std::string& where, const std::string& why, std::string hint = {}) {
  throw error::Error(error::Code::kInvalidValue, fmt::format("{}: {}", where, why),
                     std::move(hint));
}

/// What `work` gives; what it throws is told with the place.
template <typename Work>
decltype(auto) at(const std::string& where, const Work& work) {
  try {
    return work();
  } catch (const error::Error& error) {
    refuse(where, error.message(), error.hint());
  }
}

/// `timeout = 30` is as good as `"30s"`; else the kinds have to agree.
void check_kind(const Setting& setting, const TomlEntry& entry, const std::string& where) {
  using Kind = TomlEntry::Kind;
  const bool number = entry.kind == Kind::kInteger;
  const bool fits = setting.type == Type::kSwitch     ? entry.kind == Kind::kBoolean
                    : setting.type == Type::kNumber   ? number
                    : setting.type == Type::kDuration ? number || entry.kind == Kind::kString
                                                      : entry.kind == Kind::kString;
  if (fits) return;
  const std::string_view wanted = setting.type == Type::kSwitch   ? "true or false, without quotes"
                                  : setting.type == Type::kNumber ? "a number, without quotes"
                                                                  : "a text in quotes";
  refuse(where, fmt::format("{} takes {}", setting.name, wanted));
}

std::string read(const std::string& file) {
  try {
    return util::read_regular_file(file).value_or("");
  } catch (const util::NotAFile&) {
    refuse(file, "is not a regular file", "put a file in its place, or name one: TASKMAN_CONFIG");
  } catch (const std::system_error& error) {
    refuse(file, fmt::format("cannot be read: {}", error.code().message()));
  }
}

/// Does the work; a failure of it becomes a notice where that is wished.
template <typename Work>
void attempt(Settings& settings, Faults faults, const Work& work) {
  try {
    work();
  } catch (const error::Error& error) {
    if (faults == Faults::kThrow) throw;
    const std::string hint = error.hint().empty() ? "" : fmt::format(" ({})", error.hint());
    settings.add_notice(fmt::format("ignored: {}{}", error.message(), hint));
  }
}

/// A file, and how strict it is read.
struct Source {
  std::string file;
  Origin origin;
  Faults faults;
};

void load_entry(Settings& settings, const Source& source, const TomlEntry& entry) {
  const std::string where = fmt::format("{}:{}", source.file, entry.line);
  const Setting& setting = at(
      where, [&]() -> auto& { return find_setting(entry.key); });
  if (source.origin == Origin::kProjectFile && setting.project_file == ProjectFile::kRefused) {
    refuse(where, fmt::format("a project's file cannot set {}", setting.name),
           fmt::format("set it for yourself: taskman config set {} VALUE", setting.name));
  }
  check_kind(setting, entry, where);
  const std::string text =
      at(where, [&] { return located(setting, entry.text, folder_of(source.file)); });
  settings.set(setting.key, text, source.origin, where);
}

void load_file(Settings& settings, const Source& source) {
  std::vector<TomlEntry> entries;
  attempt(settings, source.faults, [&] { entries = parse_toml(read(source.file), source.file); });
  for (const TomlEntry& entry : entries)
    attempt(settings, source.faults, [&] { load_entry(settings, source, entry); });
}

/// A file that was named and is not there is a mistyped name: to go on without would be with
/// another database.
void load_user_file(Settings& settings, const std::string& file,
                    const util::Environment& environment, Faults faults) {
  struct stat found {};
  if (environment("TASKMAN_CONFIG") && ::stat(file.c_str(), &found) != 0 && errno == ENOENT) {
    attempt(settings, faults, [&] {
      refuse("TASKMAN_CONFIG", fmt::format("there is no file '{}'", file),
             "name one that is there, or make it: taskman config set NAME VALUE");
    });
  } else if (!file.empty()) {
    load_file(settings, {file, Origin::kUserFile, faults});
  }
}

/// Anybody can leave a file in /tmp; it must not rule the commands of others there.
bool is_trusted(const std::string& file, const Account& account) {
  struct stat found {};
  if (account.uid == 0 || ::stat(file.c_str(), &found) != 0) return true;
  return found.st_uid == account.uid || found.st_uid == 0;
}

void load_project_file(Settings& settings, const Account& account, Faults faults) {
  const auto file = find_project_file(account);
  if (!file) return;
  if (is_trusted(*file, account)) return load_file(settings, {*file, Origin::kProjectFile, faults});
  settings.add_notice(fmt::format("{} belongs to another user and is not used", *file));
}

void load_environment(Settings& settings, const util::Environment& environment, Faults faults) {
  for (const Setting& setting : config::settings()) {
    const auto text = environment(setting.variable);
    if (!text) continue;
    attempt(settings, faults, [&] {
      settings.set(setting.key, *text, Origin::kEnvironment, std::string(setting.variable));
    });
  }
}

/// no-color.org and bixense.com/clicolors: whatever the value, 0 apart for the latter.
void load_color_customs(Settings& settings, const util::Environment& environment) {
  if (environment(row(Key::kColor).variable)) return;
  const auto force = environment("CLICOLOR_FORCE");
  if (environment("NO_COLOR")) {
    settings.set(Key::kColor, "never", Origin::kEnvironment, "NO_COLOR");
  } else if (force && *force != "0") {
    settings.set(Key::kColor, "always", Origin::kEnvironment, "CLICOLOR_FORCE");
  }
}

}  // namespace

Settings load_settings(const util::Environment& environment, const Account& account,
                       const std::vector<Given>& flags, Loading loading) {
  Settings settings;
  load_user_file(settings, config_file(environment, account), environment, loading.faults);
  if (loading.reader != Reader::kDaemon) load_project_file(settings, account, loading.faults);
  load_environment(settings, environment, loading.faults);
  load_color_customs(settings, environment);
  for (const Given& given : flags) settings.set(given.key, given.text, Origin::kFlag, given.flag);
  return settings;
}

}  // namespace taskman::config
