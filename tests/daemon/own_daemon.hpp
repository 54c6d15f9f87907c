#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "support/http_client.hpp"
#include "support/process.hpp"
#include "support/temp_dir.hpp"

namespace taskman::test {

/// A private folder, and command lines of daemons that live in it. Unlike DaemonFixture it also
/// starts daemons that are not meant to become ready.
class DaemonFolder {
 public:
  std::filesystem::path operator/(const std::string& name) const { return folder_ / name; }

  /// `taskmand --ready-fd 1 --db NAME.db --socket NAME.sock --log NAME.log` and `more`.
  Command command(const std::string& name = "d", const std::vector<std::string>& more = {}) const;
  Environment environment() const;

  HttpReply http(const HttpRequest& request, const std::string& name = "d") const {
    return test::http(folder_ / (name + ".sock"), request);
  }
  std::string log(const std::string& name = "d") const;

 private:
  TempDir folder_;
};

/// The error a daemon told its starter in its first line.
struct StartFailure {
  std::string code, message, hint;
  int exit_code = 0;
  std::string err;
};
/// Runs a daemon that must not become ready.
StartFailure run_failing(const Command& command);

HttpRequest new_task(const std::string& title);

}  // namespace taskman::test
