#include "common/config/paths.hpp"

#include <sys/stat.h>

#include "common/config/folders.hpp"
#include "common/error/error.hpp"
#include "config_sample.hpp"
#include "support/catch.hpp"

namespace taskman::config {

using test::ContainsSubstring;
using test::EndsWith;
using test::User;

namespace {

std::string fallback(const User& user) {
  return "/var/tmp/taskman-" + std::to_string(user.account.uid);
}

}  // namespace

TEST_CASE("the database is in the data folder") {
  User user;
  const auto database = [&] { return find_paths(user.environment(), user.account).database; };
  CHECK(database() == user.home + "/.local/share/taskman/taskman.db");
  user.variables["XDG_DATA_HOME"] = user.made("data");
  CHECK(database() == user.made("data") + "/taskman/taskman.db");
  user.variables["XDG_DATA_HOME"] = "relative/counts/as/unset";
  CHECK(database() == user.home + "/.local/share/taskman/taskman.db");
}

TEST_CASE("a chosen database may be relative or a URL") {
  const User user;
  const auto database = [&](const char* chosen) {
    return find_paths(user.environment(), user.account, {.database = chosen}).database;
  };
  CHECK(database("/data/./x/../t.db") == "/data/t.db");
  CHECK(database("t.db") == user.project + "/t.db");
  CHECK(database("sqlite:/data/t.db") == "/data/t.db");
  CHECK(database("sqlite:t.db") == user.project + "/t.db");
}

TEST_CASE("the home is written ~, of every path that can be chosen") {
  User user;
  const Paths paths =
      find_paths(user.environment(), user.account,
                 {.database = "~/t.db", .socket = "~/t.sock", .log = "~/x/../t.log"});
  CHECK(paths.database == user.home + "/t.db");
  CHECK(paths.socket == user.home + "/t.sock");
  CHECK(paths.log == user.home + "/t.log");
  const auto database = [&](const char* chosen) {
    return find_paths(user.environment(), user.account, {.database = chosen}).database;
  };
  CHECK(database("sqlite:~/t.db") == user.home + "/t.db");
  CHECK(database("./~/t.db") == user.project + "/~/t.db");
  CHECK(database("~t.db") == user.project + "/~t.db");
  user.variables.clear();
  user.account.home = [] { return std::string(); };
  CHECK_THROWS_WITH(database("~/t.db"),
                    ContainsSubstring("'~/t.db' starts with ~, and there is no"));
}

TEST_CASE("a relative path in a folder that is gone is refused") {
  User user;
  user.account.working_folder.clear();
  CHECK_THROWS_WITH(find_paths(user.environment(), user.account, {.database = "t.db"}),
                    ContainsSubstring("'t.db' is relative"));
}

TEST_CASE("without HOME the home of the password file counts") {
  User user;
  user.variables.clear();
  const Paths paths = find_paths(user.environment(), user.account);
  CHECK(paths.database == user.home + "/.local/share/taskman/taskman.db");
  CHECK(paths.notices.empty());
}

TEST_CASE("without any home tasks are kept in /var/tmp, and that is said in one line") {
  User user;
  user.variables.clear();
  user.account.home = [] { return std::string(); };
  const Paths paths = find_paths(user.environment(), user.account);
  CHECK(paths.database == fallback(user) + "/taskman.db");
  CHECK(paths.log == fallback(user) + "/taskmand.log");
  REQUIRE(paths.notices.size() == 1);
  CHECK(paths.notices[0] ==
        "there is no home folder, so tasks are kept in " + fallback(user) + "/taskman.db");
}

TEST_CASE("a home that is not there is not made") {
  User user;
  user.variables["HOME"] = "/nonexistent";
  const Paths paths = find_paths(user.environment(), user.account);
  CHECK(paths.database == fallback(user) + "/taskman.db");
  CHECK_THAT(paths.notices.at(0), ContainsSubstring("home '/nonexistent' is not there"));
}

TEST_CASE("a home that cannot be written is left for /var/tmp, unless it holds a database") {
  User user;
  // Under a file not even root can make a folder.
  User::write(user.home + "/file", "");
  user.variables["XDG_DATA_HOME"] = user.home + "/file";
  const Paths paths = find_paths(user.environment(), user.account);
  CHECK(paths.database == fallback(user) + "/taskman.db");
  CHECK_THAT(paths.notices.at(0), ContainsSubstring("/file' cannot be written"));
  user.variables.erase("XDG_DATA_HOME");
  User::write(user.home + "/.local/share/taskman/taskman.db", "");
  REQUIRE(::chmod(user.home.c_str(), 0500) == 0);
  CHECK(find_paths(user.environment(), user.account).notices.empty());
  REQUIRE(::chmod(user.home.c_str(), 0700) == 0);
}

TEST_CASE("the socket is in the first runtime folder that is the user's") {
  User user;
  const auto socket = [&] { return find_paths(user.environment(), user.account).socket; };
  const std::string shared = "/tmp/taskman-" + std::to_string(user.account.uid);
  CHECK(folder_of(socket()) == shared);
  user.variables["XDG_RUNTIME_DIR"] = user.runtime;
  CHECK(folder_of(socket()) == user.runtime + "/taskman");
  user.variables["XDG_RUNTIME_DIR"] = user.folder / "missing";
  CHECK(folder_of(socket()) == shared);
  user.variables["XDG_RUNTIME_DIR"] = user.made(std::string(90, 'x'));
  CHECK(folder_of(socket()) == shared);
  CHECK(socket().size() <= kMaxSocketPath);
}

TEST_CASE("cron, which sets no XDG_RUNTIME_DIR, finds the session's socket") {
  User user;
  const std::string login = user.made("logins/" + std::to_string(user.account.uid));
  user.account.machine_runtime = (user.folder / "logins").string();
  const Paths from_cron = find_paths(user.environment(), user.account);
  user.variables["XDG_RUNTIME_DIR"] = login;
  CHECK(find_paths(user.environment(), user.account).socket == from_cron.socket);
}

TEST_CASE("the socket has its plain name only for the account's own database at its login") {
  User user;
  user.variables["XDG_RUNTIME_DIR"] = user.made("logins/" + std::to_string(user.account.uid));
  const auto socket = [&](PathChoice choice = {}) {
    return find_paths(user.environment(), user.account, choice).socket;
  };
  CHECK_THAT(socket(), !EndsWith("/taskman.sock"));
  user.account.machine_runtime = (user.folder / "logins").string();
  CHECK_THAT(socket(), EndsWith("/taskman/taskman.sock"));
  CHECK_THAT(socket({.database = "/data/t.db"}), !EndsWith("/taskman.sock"));
  user.variables["HOME"] = user.made("other-home");
  CHECK_THAT(socket(), !EndsWith("/taskman.sock"));
}

TEST_CASE("every spelling of a database has the same socket, two databases never") {
  const User user;
  std::filesystem::create_directory_symlink(user.home, user.folder / "link");
  const auto socket = [&](const std::string& database) {
    return find_paths(user.environment(), user.account, {.database = database}).socket;
  };
  CHECK(socket(user.home + "/t.db") == socket((user.folder / "link/t.db").string()));
  CHECK(socket(user.home + "/t.db") == socket(user.home + "/not-yet/../t.db"));
  CHECK(socket(user.home + "/t.db") != socket(user.home + "/u.db"));
}

TEST_CASE("a home of 200 bytes works") {
  User user;
  user.variables["HOME"] = user.made(std::string(180, 'h'));
  const Paths paths = find_paths(user.environment(), user.account);
  CHECK(paths.notices.empty());
  CHECK(paths.socket.size() <= kMaxSocketPath);
}

TEST_CASE("a chosen socket that is too long is refused") {
  const User user;
  CHECK_THROWS_WITH(
      find_paths(user.environment(), user.account, {.socket = "/" + std::string(107, 's')}),
      ContainsSubstring("has 108 bytes, at most 107"));
  CHECK_NOTHROW(
      find_paths(user.environment(), user.account, {.socket = "/" + std::string(106, 's')}));
}

TEST_CASE("the log is in the state folder") {
  User user;
  const auto log = [&] { return find_paths(user.environment(), user.account).log; };
  CHECK(log() == user.home + "/.local/state/taskman/taskmand.log");
  user.variables["XDG_STATE_HOME"] = user.made("state");
  CHECK(log() == user.made("state") + "/taskman/taskmand.log");
}

TEST_CASE("the project's file is the nearest one above") {
  const User user;
  const std::string above = (user.folder / "work/.taskman.toml").string();
  User::write(above, "");
  CHECK(find_project_file(user.account) == above);
  User::write(user.project + "/.taskman.toml", "");
  CHECK(find_project_file(user.account) == user.project + "/.taskman.toml");
}

TEST_CASE("a private folder is made for its user alone") {
  const User user;
  const std::string path = user.folder / "a/b";
  make_private_folder(path, user.account);
  struct stat found {};
  REQUIRE(::stat(path.c_str(), &found) == 0);
  CHECK((found.st_mode & 0777) == 0700);
  REQUIRE(::chmod(path.c_str(), 0755) == 0);
  make_private_folder(path, user.account);
  REQUIRE(::stat(path.c_str(), &found) == 0);
  CHECK((found.st_mode & 0777) == 0700);
}

TEST_CASE("a private folder is refused when it is a link, a file or another's") {
  const User user;
  std::filesystem::create_directory_symlink(user.home, user.folder / "link");
  CHECK_THROWS_WITH(make_private_folder(user.folder / "link", user.account),
                    ContainsSubstring("is not a real folder"));
  User::write(user.folder / "file", "");
  CHECK_THROWS_AS(make_private_folder(user.folder / "file", user.account), error::Error);
  Account other = user.account;
  other.uid += 1;
  CHECK_THROWS_WITH(make_private_folder(user.home, other), ContainsSubstring("belongs to user"));
}

}  // namespace taskman::config
