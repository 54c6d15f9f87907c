#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "support/http_client.hpp"
#include "support/process.hpp"
#include "support/temp_dir.hpp"

namespace taskman::test {

/// The built taskmand on a private folder: store, socket, log and HOME lie in it and go with it.
/// Runs from the constructor on; whatever still runs is killed by the destructor. One thread at a
/// time; http() and connect() from any.
class DaemonFixture {
 public:
  /// `flags` are added to the daemon's command line, now and at every start().
  explicit DaemonFixture(std::vector<std::string> flags = {});

  /// Returns when the daemon has said that it is ready. Throws with its log when it does not.
  void start();
  /// TERM; throws unless it ends in time and with exit code 0 (a sanitizer's finding is another).
  void stop();
  /// KILL, and waits for the end.
  void kill();

  HttpReply http(const HttpRequest& request) const { return test::http(socket(), request); }
  HttpClient connect() const { return HttpClient(socket()); }

  std::filesystem::path socket() const { return folder_ / "d.sock"; }
  std::filesystem::path database() const { return folder_ / "d.db"; }
  const std::filesystem::path& folder() const { return folder_.path(); }
  pid_t pid() const { return process_->pid(); }
  /// Of a daemon that was started with --listen: its TCP port, and the token that lets in there.
  std::uint16_t port() const;
  std::filesystem::path token_file() const { return socket().native() + ".token"; }
  std::string token() const;
  std::string log() const;
  /// For a CLI that should talk to this daemon, and never start one of its own.
  Environment environment() const;

 private:
  [[noreturn]] void fail(const std::string& what) const;

  TempDir folder_;
  std::vector<std::string> flags_;
  std::optional<Process> process_;
};

}  // namespace taskman::test
