#pragma once
// The built daemon as a client of the API sees it.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "common/wire/json.hpp"
#include "support/catch.hpp"
#include "support/daemon_fixture.hpp"

namespace taskman::test {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// One daemon, one kept connection. One thread.
class Api {
 public:
  HttpReply get(const std::string& target, const Headers& headers = {});
  HttpReply post(const std::string& target, const std::string& body = {},
                 const Headers& headers = {});
  HttpReply patch(const std::string& target, const std::string& body, const Headers& headers = {});
  HttpReply remove(const std::string& target, const Headers& headers = {});
  /// With Content-Type application/json when there is a body and `headers` say nothing else.
  HttpReply send(HttpRequest request);

  /// A new task's id.
  std::string add(const std::string& json = R"({"title":"a"})");
  /// The cursor of the head.
  std::string head();

  /// The figure of that name in /metrics.
  std::int64_t metric(const std::string& name);
  /// Until so many long polls wait.
  void await_parked(std::int64_t count);

  /// Ends the daemon as TERM does.
  void stop() { daemon_.stop(); }
  const DaemonFixture& daemon() const { return daemon_; }

 private:
  DaemonFixture daemon_;
  HttpClient client_{daemon_.socket()};
};

wire::Envelope envelope(const HttpReply& reply);
/// The `data` of a single task.
model::Task task_of(const HttpReply& reply);
std::vector<std::string> items(const HttpReply& reply);
/// A problem's code; empty when the reply is none.
std::string problem(const HttpReply& reply);

}  // namespace taskman::test
