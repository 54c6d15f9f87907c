#include "common/config/settings.hpp"

#include <sys/stat.h>

#include "common/config/config_edit.hpp"
#include "common/config/folders.hpp"
#include "common/config/paths.hpp"
#include "common/config/target.hpp"
#include "common/config/toml.hpp"
#include "common/error/error.hpp"
#include "common/util/file.hpp"
#include "config_sample.hpp"
#include "support/catch.hpp"

namespace taskman::config {

using namespace std::chrono_literals;
using test::ContainsSubstring;
using test::StartsWith;
using test::User;

namespace {

Settings load(const User& user, const std::vector<Given>& flags = {}) {
  return load_settings(user.environment(), user.account, flags);
}

std::string user_file(const User& user) { return config_file(user.environment(), user.account); }

error::Error refusal(const User& user) {
  try {
    load(user);
  } catch (const error::Error& error) {
    return error;
  }
  FAIL("accepted");
  throw;
}

}  // namespace

TEST_CASE("without files, variables and flags everything is at its default") {
  const User user;
  const Settings settings = load(user);
  CHECK(settings.text(Key::kUrl) == std::nullopt);
  CHECK(settings.is_on(Key::kAutostart));
  CHECK(settings.duration(Key::kTimeout) == 30s);
  CHECK(settings.duration(Key::kHeartbeat) == 15s);
  CHECK(settings.number(Key::kMaxConnections) == 10000);
  CHECK(settings.value(Key::kTimeout).origin == Origin::kDefault);
}

TEST_CASE("every default of the table is a value it accepts, and every name is found") {
  for (const Setting& each : settings()) {
    CAPTURE(each.name);
    CHECK(checked(each, each.standard) == each.standard);
    CHECK(&find_setting(each.name) == &each);
    CHECK(&row(each.key) == &each);
  }
}

TEST_CASE("flag beats environment beats project file beats user file, and each says where") {
  User user;
  const auto project = [&] { return load(user).value(Key::kProject); };
  User::write(user_file(user), "# mine\nproject = \"one\"\n");
  CHECK(project().text == "one");
  CHECK(project().where == user_file(user) + ":2");
  User::write(user.project + "/.taskman.toml", "project = 'two'");
  CHECK(project().text == "two");
  CHECK(project().where == user.project + "/.taskman.toml:1");
  user.variables["TASKMAN_PROJECT"] = "three";
  CHECK(project().where == "TASKMAN_PROJECT");
  const auto flagged = load(user, {{Key::kProject, "four", "--project"}}).value(Key::kProject);
  CHECK(flagged.text == "four");
  CHECK(flagged.where == "--project");
  CHECK(flagged.origin == Origin::kFlag);
}

TEST_CASE("a project's file cannot redirect its visitors") {
  const User user;
  for (const auto name : {"url", "db", "token", "actor", "daemon.socket"}) {
    User::write(user.project + "/.taskman.toml", edited("", find_setting(name), "unix:/x"));
    CHECK_THAT(refusal(user).message(),
               ContainsSubstring(std::string("a project's file cannot set ") + name));
  }
}

TEST_CASE("the daemon reads no project file") {
  const User user;
  User::write(user.project + "/.taskman.toml", "this is not TOML");
  CHECK_NOTHROW(load_settings(user.environment(), user.account, {}, {.reader = Reader::kDaemon}));
}

TEST_CASE("a mistake in a file is told by file and line") {
  const User user;
  User::write(user_file(user), "\ntiemout = \"30s\"\n");
  CHECK(refusal(user).message() == user_file(user) + ":2: unknown setting 'tiemout'");
  CHECK_THAT(refusal(user).hint(), StartsWith("did you mean timeout?"));
  User::write(user_file(user), "autostart = \"yes\"");
  CHECK_THAT(refusal(user).message(), ContainsSubstring("takes true or false, without quotes"));
  User::write(user_file(user), "output = \"jsn\"");
  CHECK_THAT(refusal(user).message(), ContainsSubstring(":1: output cannot be 'jsn'"));
  CHECK(refusal(user).hint() == "did you mean json? known: auto, json, csv");
}

TEST_CASE("a mistake in the environment names the variable") {
  User user;
  user.variables["TASKMAN_TIMEOUT"] = "soon";
  CHECK(refusal(user).message() == "TASKMAN_TIMEOUT: timeout cannot be 'soon'");
  user.variables["TASKMAN_TIMEOUT"] = "10";
  CHECK(load(user).duration(Key::kTimeout) == 10s);
}

TEST_CASE("a value that would disable the program is refused with the shortest that works") {
  User user;
  for (const auto key : {Key::kTimeout, Key::kHeartbeat}) {
    CAPTURE(row(key).name);
    user.variables.clear();
    user.variables[std::string(row(key).variable)] = "0s";
    CHECK_THAT(refusal(user).message(), ContainsSubstring("cannot be '0s'"));
    CHECK(refusal(user).hint() == "the shortest is " + std::string(row(key).least));
    user.variables[std::string(row(key).variable)] = row(key).least;
    CHECK_NOTHROW(load(user));
  }
}

TEST_CASE("an actor is a word, as an assignee is") {
  User user;
  user.variables["TASKMAN_ACTOR"] = "ann smith";
  CHECK_THAT(refusal(user).message(), ContainsSubstring("actor cannot be 'ann smith'"));
  user.variables["TASKMAN_ACTOR"] = "@me";
  CHECK_THAT(refusal(user).message(), ContainsSubstring("actor cannot be '@me'"));
}

TEST_CASE("where faults are ignored each is a notice, and the rest holds") {
  User user;
  user.variables["TASKMAN_OUTPUT"] = "jsno";
  User::write(user_file(user), "timout = 30\ntimeout = \"7s\"\n");
  const auto lenient = [&](const std::vector<Given>& flags = {}) {
    return load_settings(user.environment(), user.account, flags, {.faults = Faults::kIgnore});
  };
  const Settings settings = lenient();
  CHECK(settings.duration(Key::kTimeout) == 7s);
  CHECK(settings.value(Key::kOutput).text == "auto");
  REQUIRE(settings.notices().size() == 2);
  CHECK_THAT(settings.notices()[0], StartsWith("ignored: " + user_file(user) + ":1: unknown"));
  CHECK_THAT(settings.notices()[1], StartsWith("ignored: TASKMAN_OUTPUT: output cannot be"));
  User::write(user_file(user), "timeout = 7s\n");
  CHECK(lenient().duration(Key::kTimeout) == 30s);
  CHECK_THROWS_AS(lenient({{Key::kTimeout, "soon", "--timeout"}}), error::Error);
}

TEST_CASE("a line that makes the file unreadable is mended by setting or unsetting its key") {
  const User user;
  const std::string file = user_file(user);
  const auto text = [&] { return util::read_file(file).value_or(""); };
  User::write(file, "# mine\ntimeout = 7s\n[daemon]\nlog_level = loud\n");
  CHECK_THROWS_AS(write_setting(file, row(Key::kActor), "ann"), error::Error);
  CHECK(drop_key(file, "daemon.log_level"));
  CHECK_FALSE(drop_key(file, "log_level"));
  write_setting(file, row(Key::kTimeout), "9s");
  CHECK(text() == "timeout = \"9s\"\n# mine\n[daemon]\n");
  User::write(file, "timeout = 7s\nactor = \"ann\"\n");
  write_setting(file, row(Key::kTimeout), std::nullopt);
  CHECK(text() == "actor = \"ann\"\n");
}

TEST_CASE("switches take the usual words") {
  User user;
  for (const auto off : {"0", "no", "False", "off"}) {
    user.variables["TASKMAN_AUTOSTART"] = off;
    CHECK_FALSE(load(user).is_on(Key::kAutostart));
  }
}

TEST_CASE("NO_COLOR and CLICOLOR_FORCE are honoured, TASKMAN_COLOR above them") {
  User user;
  const auto color = [&] { return load(user).value(Key::kColor).text; };
  CHECK(color() == "auto");
  user.variables["CLICOLOR_FORCE"] = "1";
  CHECK(color() == "always");
  user.variables["NO_COLOR"] = "1";
  CHECK(color() == "never");
  user.variables["TASKMAN_COLOR"] = "auto";
  CHECK(color() == "auto");
}

TEST_CASE("a secret is not shown") {
  User user;
  user.variables["TASKMAN_TOKEN"] = "hunter2";
  CHECK(load(user).text(Key::kToken) == "hunter2");
  CHECK(load(user).shown(Key::kToken) == "(set)");
  user.variables["TASKMAN_TOKEN"] = "hunter\x01";
  CHECK_THAT(refusal(user).message(), !ContainsSubstring("hunter"));
}

TEST_CASE("url and db rule each other out: the nearer one wins, else url") {
  User user;
  const auto target = [&] { return find_target(load(user), user.environment(), user.account); };
  CHECK(target().decided_by == std::nullopt);
  User::write(user_file(user), "url = \"https://tasks.example\"");
  CHECK(target().remote->host == "tasks.example");
  user.variables["TASKMAN_DB"] = "/data/t.db";
  CHECK(target().remote == std::nullopt);
  CHECK(target().paths.database == "/data/t.db");
  user.variables["TASKMAN_URL"] = "sqlite:/data/u.db";
  CHECK(target().decided_by == Key::kUrl);
  CHECK(target().paths.database == "/data/u.db");
  user.variables["TASKMAN_URL"] = "unix:/run/x.sock";
  CHECK(target().paths.socket == "/run/x.sock");
}

TEST_CASE("what a unix: URL names is somebody else's, unless the database is said along with it") {
  User user;
  const auto target = [&] { return find_target(load(user), user.environment(), user.account); };
  CHECK(target().hosting == Hosting::kOurs);
  User::write(user_file(user), "db = \"/data/t.db\"");
  CHECK(target().hosting == Hosting::kOurs);
  user.variables["TASKMAN_URL"] = "unix:/run/x.sock";
  CHECK(target().hosting == Hosting::kTheirs);
  user.variables["TASKMAN_DB"] = "/data/u.db";
  CHECK(target().hosting == Hosting::kOurs);
  CHECK(target().paths.database == "/data/u.db");
  CHECK(target().paths.socket == "/run/x.sock");
  user.variables["TASKMAN_URL"] = "https://tasks.example";
  CHECK(target().hosting == Hosting::kTheirs);
}

TEST_CASE("a socket and a database that were both named may not belong together") {
  User user;
  const auto pairing = [&] {
    return find_target(load(user), user.environment(), user.account).pairing;
  };
  CHECK(pairing() == Pairing::kDerived);
  user.variables["TASKMAN_SOCKET"] = "/run/x.sock";
  CHECK(pairing() == Pairing::kDerived);
  User::write(user_file(user), "db = \"/data/t.db\"");
  CHECK(pairing() == Pairing::kNamed);
  user.variables["TASKMAN_URL"] = "unix:/run/y.sock";  // another's, whatever it serves
  CHECK(pairing() == Pairing::kDerived);
  user.variables["TASKMAN_DB"] = "/data/u.db";
  CHECK(pairing() == Pairing::kNamed);
}

TEST_CASE("what is no regular file is no file of settings") {
  User user;
  const std::string file = user_file(user);
  User::write(file, "");
  std::filesystem::remove(file);
  SECTION("a pipe, which nobody writes to") { REQUIRE(::mkfifo(file.c_str(), 0600) == 0); }
  SECTION("a folder") { REQUIRE(::mkdir(file.c_str(), 0700) == 0); }
  const auto error = refusal(user);
  CHECK(error.code() == error::Code::kInvalidValue);
  CHECK(error.message() == file + ": is not a regular file");
  CHECK_THROWS_AS(write_setting(file, row(Key::kTimeout), "1m"), error::Error);
  user.variables["TASKMAN_CONFIG"] = "/dev/null";  // a customary way to have none
  CHECK_FALSE(load(user).text(Key::kUrl).has_value());
}

TEST_CASE("a setting is changed where it stands, and all else stays") {
  const std::string before =
      "# mine\ntimeout = \"30s\"  # enough\n\n[daemon]\nlog_level = 'info'\n";
  CHECK(edited(before, row(Key::kTimeout), "1m") ==
        "# mine\ntimeout = \"1m\"  # enough\n\n[daemon]\nlog_level = 'info'\n");
  CHECK(edited(before, row(Key::kAutostart), "no") ==
        "# mine\ntimeout = \"30s\"  # enough\nautostart = false\n\n[daemon]\nlog_level = 'info'\n");
  CHECK(edited(before, row(Key::kMaxConnections), "50") == before + "max_connections = 50\n");
  CHECK(edited(before, row(Key::kTimeout), std::nullopt) ==
        "# mine\n\n[daemon]\nlog_level = 'info'\n");
  CHECK(edited(before, row(Key::kActor), std::nullopt) == before);
}

TEST_CASE("a setting finds its place in an empty file and under a new section") {
  CHECK(edited("", row(Key::kProject), "the \"a\"") == "project = \"the \\\"a\\\"\"\n");
  CHECK(edited("", row(Key::kLogLevel), "debug") == "[daemon]\nlog_level = \"debug\"\n");
  CHECK(edited("actor = 'a'", row(Key::kLogLevel), "debug") ==
        "actor = 'a'\n\n[daemon]\nlog_level = \"debug\"\n");
  CHECK(edited("[daemon]\nlog_level = 'info'\n", row(Key::kActor), "a") ==
        "actor = \"a\"\n[daemon]\nlog_level = 'info'\n");
}

TEST_CASE("a setting beside dotted keys is dotted, and a byte order mark stays first") {
  CHECK(edited("daemon.log = '/l'\n", row(Key::kLogLevel), "debug") ==
        "daemon.log = '/l'\ndaemon.log_level = \"debug\"\n");
  CHECK(edited("daemon.log_level = 'info'\n", row(Key::kLogLevel), "debug") ==
        "daemon.log_level = \"debug\"\n");
  const std::string marked = "\xEF\xBB\xBF# mine\n";
  CHECK(edited(marked, row(Key::kActor), "ann") ==
        "\xEF\xBB\xBF"
        "actor = \"ann\"\n# mine\n");
}

TEST_CASE("a relative path in a file is of the file's folder, elsewhere of the working folder") {
  User user;
  const std::string folder = folder_of(user_file(user));
  const auto paths = [&] {
    return find_target(load(user), user.environment(), user.account).paths;
  };
  User::write(user_file(user), "db = \"t.db\"\ndaemon.socket = \"../t.sock\"\n");
  CHECK(paths().database == folder + "/t.db");
  CHECK(paths().socket == folder_of(folder) + "/t.sock");
  user.variables["TASKMAN_SOCKET"] = "t.sock";
  CHECK(paths().socket == user.project + "/t.sock");
  User::write(user_file(user), "url = \"sqlite:t.db\"\n");
  CHECK(paths().database == folder + "/t.db");
  User::write(user_file(user), "url = \"sqlite:~/t.db\"\n");
  CHECK(paths().database == user.home + "/t.db");
  User::write(user_file(user), "\nurl = \"ftp://x\"\n");
  CHECK_THAT(refusal(user).message(), StartsWith(user_file(user) + ":2: url 'ftp://x'"));
}

TEST_CASE("a named file of settings that is not there is a mistake") {
  User user;
  user.variables["TASKMAN_CONFIG"] = "~/mine.toml";
  CHECK(refusal(user).message() ==
        "TASKMAN_CONFIG: there is no file '" + user.home + "/mine.toml'");
  CHECK(refusal(user).code() == error::Code::kInvalidValue);
  CHECK_NOTHROW(load_settings(user.environment(), user.account, {}, {.faults = Faults::kIgnore}));
  write_setting(user_file(user), row(Key::kActor), "ann");
  CHECK(load(user).value(Key::kActor).text == "ann");
}

TEST_CASE("whatever is set is read back") {
  const User user;
  for (const Setting& each : settings()) {
    const std::string text = !each.standard.empty()     ? std::string(each.standard)
                             : each.type == Type::kPath ? "/x"
                                                        : "unix:/x";
    write_setting(user_file(user), each, text);
    CHECK(load(user).value(each.key).text == text);
    CHECK(load(user).value(each.key).origin == Origin::kUserFile);
  }
  struct stat found {};
  REQUIRE(::stat(user_file(user).c_str(), &found) == 0);
  CHECK((found.st_mode & 0777) == 0600);
}

TEST_CASE("a refused value leaves the file as it was") {
  const User user;
  write_setting(user_file(user), row(Key::kTimeout), "5s");
  CHECK_THROWS_AS(write_setting(user_file(user), row(Key::kTimeout), "soon"), error::Error);
  CHECK(util::read_file(user_file(user)) == "timeout = \"5s\"\n");
}

TEST_CASE("a settings file that is a link stays one") {
  const User user;
  User::write(user.home + "/dotfiles/t.toml", "");
  std::filesystem::create_directories(user.home + "/.config/taskman");
  std::filesystem::create_symlink(user.home + "/dotfiles/t.toml", user_file(user));
  write_setting(user_file(user), row(Key::kActor), "ann");
  CHECK(std::filesystem::is_symlink(user_file(user)));
  CHECK(util::read_file(user.home + "/dotfiles/t.toml") == "actor = \"ann\"\n");
}

}  // namespace taskman::config
