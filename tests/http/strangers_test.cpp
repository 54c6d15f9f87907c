// Who comes through a gate and has not shown a token: how long it may stay, and how many there are.

#include <optional>

#include "daemon/http/gate.hpp"
#include "hostile.hpp"
#include "http_server.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

using std::chrono::milliseconds;

const std::string kToken(64, 'a');

std::string asking(std::string_view method, std::string_view more) {
  return std::string(method) + " /api/v1/tasks/1 HTTP/1.1\r\nHost: localhost:1\r\n" +
         std::string(more) + "\r\n";
}

std::string with_token() { return asking("GET", "Authorization: Bearer " + kToken + "\r\n"); }

/// A server with a second way in, which has a gate as TCP has.
class GatedServer {
 public:
  explicit GatedServer(const http::Limits& limits) : server_(limits) {
    server_.on_loop([this](http::Server& server) {
      server.listen(listening_.get(), [this](int) { return http::Peer{.gate = &gate_}; });
    });
  }

  HttpClient stranger() const { return HttpClient(folder_ / "gated.sock"); }
  const HttpServer& server() const { return server_; }
  void await_connections(std::uint64_t count) const {
    server_.await([=](const auto& figures) { return figures.connections == count; });
  }

 private:
  TempDir folder_;
  net::UnixSocket listening_ = net::UnixSocket::listen(folder_ / "gated.sock");
  http::Gate gate_{kToken, 1};
  HttpServer server_;
};

http::Limits limits_with(milliseconds head_deadline, std::size_t strangers) {
  http::Limits limits;
  limits.head_deadline = head_deadline;
  limits.strangers = strangers;
  return limits;
}

}  // namespace

TEST_CASE("a stranger that says nothing is closed; who was let in may be idle") {
  GatedServer gated(limits_with(milliseconds(100), 10));
  HttpClient known = gated.stranger();
  known.send(with_token());
  CHECK(known.read_reply().status == 200);
  HttpClient silent = gated.stranger();
  CHECK(silent.read_to_end().empty());
  known.send(with_token());
  CHECK(known.read_reply().status == 200);
}

TEST_CASE("strangers are few, and leave room for those who are known") {
  GatedServer gated(limits_with(milliseconds(60'000), 2));
  HttpClient known = gated.stranger();
  known.send(with_token());
  CHECK(known.read_reply().status == 200);
  std::optional<HttpClient> first = gated.stranger();
  const HttpClient second = gated.stranger();
  gated.await_connections(3);
  CHECK(gated.stranger().read_reply().status == 503);
  CHECK(gated.server().figures().rejected.at("strangers") == 1);
  CHECK(status_of(gated.server(), kHealth) == 200);
  known.send(with_token());
  CHECK(known.read_reply().status == 200);

  SECTION("one that shows its token makes room") {
    first->send(with_token());
    CHECK(first->read_reply().status == 200);
  }
  SECTION("one that goes makes room") {
    first.reset();
    gated.await_connections(2);
  }
  HttpClient third = gated.stranger();
  third.send(with_token());
  CHECK(third.read_reply().status == 200);
}

TEST_CASE("a stranger is refused before its body has come, and its connection ends") {
  GatedServer gated(limits_with(milliseconds(60'000), 10));
  HttpClient client = gated.stranger();
  client.send(asking("POST", "Content-Type: application/json\r\nContent-Length: 1000\r\n"));
  const HttpReply reply = client.read_reply();
  CHECK(reply.status == 401);
  CHECK(reply.header("WWW-Authenticate") == "Bearer");
  CHECK(reply.header("Connection") == "close");
  CHECK(client.read_to_end().empty());
}

}  // namespace taskman::test
