#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "common/config/account.hpp"
#include "common/util/environment.hpp"
#include "support/temp_dir.hpp"

namespace taskman::test {

/// A user of their own: a home, a working folder and an environment that only the test fills.
struct User {
  TempDir folder;
  std::string home = made("home");
  std::string project = made("work/project/src");
  std::string runtime = made("run");
  std::map<std::string, std::string, std::less<>> variables{{"HOME", home}};
  config::Account account{.uid = ::geteuid(),
                          .home = [this] { return home; },
                          .name = [] { return "ann"; },
                          .working_folder = project,
                          .machine_runtime = (folder / "no-logins").string()};

  User() = default;
  User(const User&) = delete;
  User& operator=(const User&) = delete;

  util::Environment environment() const { return util::fixed_environment(variables); }

  std::string made(const std::string& name) const {
    std::filesystem::create_directories(folder / name);
    return (folder / name).string();
  }

  static void write(const std::string& file, const std::string& content) {
    std::filesystem::create_directories(std::filesystem::path(file).parent_path());
    std::ofstream(file) << content;
  }
};

}  // namespace taskman::test
