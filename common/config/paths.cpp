#include "common/config/paths.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>

#include "common/config/folders.hpp"
#include "common/error/error.hpp"
#include "common/util/hash.hpp"
#include "common/util/text.hpp"

namespace taskman::config {
namespace {

constexpr std::string_view kStandardDatabase = "/.local/share/taskman/taskman.db";
constexpr std::string_view kSqlite = "sqlite:";

bool is_absolute(const std::string& path) { return path.starts_with('/'); }

/// The XDG rules: a relative path is as good as none.
std::optional<std::string> absolute_folder(const util::Environment& environment,
                                           std::string_view variable) {
  auto value = environment(variable);
  if (!value || !is_absolute(*value)) return std::nullopt;
  while (value->size() > 1 && value->ends_with('/')) value->pop_back();
  return value;
}

std::string home_of(const util::Environment& environment, const Account& account) {
  if (auto home = absolute_folder(environment, "HOME")) return std::move(*home);
  return account.home();  // a look into the password file: only when it is needed
}

std::optional<struct stat> look_at(const std::string& path) {
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0) return std::nullopt;
  return found;
}

bool is_folder(const std::string& path) {
  const auto found = look_at(path);
  return found && S_ISDIR(found->st_mode);
}

/// Whether files can be made in `folder`, which itself may still have to be made.
bool can_hold_files(std::string folder) {
  while (!look_at(folder) && folder != "/") folder = folder_of(folder);
  return ::access(folder.c_str(), W_OK | X_OK) == 0 && is_folder(folder);
}

/// Resolves links as far as the path exists, so that every spelling gives the same name.
std::string canonical(const std::string& path) {
  std::error_code failure;
  const auto resolved = std::filesystem::weakly_canonical(path, failure);
  return failure ? std::filesystem::path(path).lexically_normal().string() : resolved.string();
}

[[noreturn]] void refuse_path(const std::string& path, std::string_view why) {
  throw error::Error(error::Code::kInvalidValue,
                     fmt::format("path '{}' {}", util::escape_for_terminal(path), why),
                     "give an absolute path");
}

bool is_of_home(std::string_view path) { return path == "~" || path.starts_with("~/"); }

/// Who uses the program: where `~` and a relative path lead.
struct User {
  const util::Environment& environment;
  const Account& account;
};

std::string absolute(std::string path, const User& user) {
  if (path.starts_with(kSqlite)) path.erase(0, kSqlite.size());
  if (is_of_home(path)) {
    const std::string home = home_of(user.environment, user.account);
    if (home.empty()) refuse_path(path, "starts with ~, and there is no home folder");
    path.replace(0, 1, home);
  } else if (!is_absolute(path)) {
    if (user.account.working_folder.empty())
      refuse_path(path, "is relative, and the working folder is gone");
    path = user.account.working_folder + "/" + path;
  }
  return std::filesystem::path(path).lexically_normal().string();
}

/// Finds the paths of one user, once.
class Finder {
 public:
  Finder(const util::Environment& environment, const Account& account)
      : environment_(environment), account_(account) {}

  Paths find(const PathChoice& choice) {
    Paths paths;
    paths.database = choice.database ? absolute(*choice.database) : standard_database();
    paths.lock = paths.database + ".lock";
    paths.socket = choice.socket ? chosen_socket(*choice.socket) : socket_of(paths.database);
    paths.state = state_folder();
    paths.log = choice.log ? absolute(*choice.log) : paths.state + "/taskmand.log";
    paths.notices = std::move(notices_);
    return paths;
  }

 private:
  std::string absolute(const std::string& path) const {
    return config::absolute(path, {environment_, account_});
  }

  std::string standard_database() {
    if (const auto data = absolute_folder(environment_, "XDG_DATA_HOME")) {
      return usable_database(*data + "/taskman/taskman.db", *data);
    }
    const std::string home = home_of(environment_, account_);
    if (home.empty()) return fallback_database("there is no home folder");
    if (!is_folder(home)) return fallback_database(fmt::format("home '{}' is not there", home));
    return usable_database(home + std::string(kStandardDatabase), home);
  }

  /// A database that is there is used, writable or not: an empty one elsewhere would look like a
  /// loss.
  std::string usable_database(const std::string& database, const std::string& root) {
    if (look_at(database) || can_hold_files(folder_of(database))) return database;
    return fallback_database(fmt::format("'{}' cannot be written", root));
  }

  std::string fallback_database(std::string_view why) {
    const std::string database = fallback_folder() + "/taskman.db";
    notices_.push_back(fmt::format("{}, so tasks are kept in {}", why, database));
    return database;
  }

  std::string fallback_folder() const {
    const std::string_view root = can_hold_files("/var/tmp") ? "/var/tmp" : "/tmp";
    return fmt::format("{}/taskman-{}", root, account_.uid);
  }

  std::string state_folder() const {
    if (const auto state = absolute_folder(environment_, "XDG_STATE_HOME")) {
      if (can_hold_files(*state)) return *state + "/taskman";
    }
    const std::string home = home_of(environment_, account_);
    const bool usable =
        !home.empty() && is_folder(home) && can_hold_files(home + "/.local/state/taskman");
    return usable ? home + "/.local/state/taskman" : fallback_folder();
  }

  std::string chosen_socket(const std::string& choice) const {
    std::string socket = absolute(choice);
    if (socket.size() <= kMaxSocketPath) return socket;
    throw error::Error(error::Code::kInvalidValue,
                       fmt::format("socket path '{}' has {} bytes, at most {} are possible", socket,
                                   socket.size(), kMaxSocketPath));
  }

  std::string login_folder() const {
    return fmt::format("{}/{}", account_.machine_runtime, account_.uid);
  }

  bool is_mine(const std::string& folder) const {
    const auto found = look_at(folder);
    return found && S_ISDIR(found->st_mode) && found->st_uid == account_.uid;
  }

  /// Programs started by cron or su lack XDG_RUNTIME_DIR, and must meet the daemon all the same.
  std::string runtime_folder() const {
    constexpr std::size_t kLongestName = 22;  // "/", 16 digits, ".sock"
    const std::array<std::string, 2> roots{
        absolute_folder(environment_, "XDG_RUNTIME_DIR").value_or(login_folder()), login_folder()};
    for (const std::string& root : roots) {
      std::string folder = root + "/taskman";
      if (folder.size() + kLongestName <= kMaxSocketPath && is_mine(root)) return folder;
    }
    return fmt::format("/tmp/taskman-{}", account_.uid);
  }

  std::string socket_of(const std::string& database) const {
    const std::string folder = runtime_folder();
    const std::string file = canonical(database);
    if (folder == login_folder() + "/taskman" &&
        file == canonical(account_.home() + std::string(kStandardDatabase))) {
      return folder + "/taskman.sock";
    }
    return fmt::format("{}/{}.sock", folder, util::to_hex(util::fnv1a(file)));
  }

  const util::Environment& environment_;
  const Account& account_;
  std::vector<std::string> notices_;
};

}  // namespace

std::string path_within(const std::string& folder, std::string path) {
  if (path.starts_with(kSqlite)) path.erase(0, kSqlite.size());
  if (path.empty() || is_absolute(path) || is_of_home(path)) return path;
  return std::filesystem::path(folder + "/" + path).lexically_normal().string();
}

std::string absolute_path(const util::Environment& environment, const Account& account,
                          const std::string& path) {
  return absolute(path, {environment, account});
}

Paths find_paths(const util::Environment& environment, const Account& account,
                 const PathChoice& choice) {
  return Finder(environment, account).find(choice);
}

std::string config_file(const util::Environment& environment, const Account& account) {
  if (const auto chosen = environment("TASKMAN_CONFIG"))
    return absolute(*chosen, {environment, account});
  if (const auto folder = absolute_folder(environment, "XDG_CONFIG_HOME")) {
    return *folder + "/taskman/config.toml";
  }
  const std::string home = home_of(environment, account);
  return home.empty() ? home : home + "/.config/taskman/config.toml";
}

std::optional<std::string> find_project_file(const Account& account) {
  if (account.working_folder.empty()) return std::nullopt;
  for (std::string folder = account.working_folder;; folder = folder_of(folder)) {
    std::string file = (folder == "/" ? "" : folder) + "/.taskman.toml";
    if (look_at(file)) return file;
    if (folder == "/") return std::nullopt;
  }
}

}  // namespace taskman::config
