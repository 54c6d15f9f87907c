// What the kernel keeps of a reader that takes nothing is bounded, too: not only on the Unix
// socket, where it is by itself.

#include <sys/socket.h>

#include "common/wire/envelope.hpp"
#include "common/wire/fields.hpp"
#include "support/catch.hpp"
#include "support/daemon_fixture.hpp"

namespace taskman::test {
namespace {

constexpr int kReceiveBuffer = 4096;
constexpr int kWrites = 40;  // of 50 kB each: 2 MB
constexpr std::size_t kBody = 50'000;

bool is_blocked(const DaemonFixture& daemon) {
  const auto reply = daemon.http({.target = "/api/v1/subscribers"});
  const auto readers = wire::split_array(wire::decode_envelope(reply.body).data);
  REQUIRE(readers.size() == 1);
  return wire::field_text(readers[0], "blocked") == "true";
}

}  // namespace

TEST_CASE("a reader by TCP that takes nothing is waited for before the kernel has kept 2 MB") {
  DaemonFixture daemon({"--listen", "127.0.0.1:0"});
  HttpClient reader(daemon.port());
  ::setsockopt(reader.descriptor(), SOL_SOCKET, SO_RCVBUF, &kReceiveBuffer, sizeof kReceiveBuffer);
  reader.send("GET /events HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(daemon.port()) +
              "\r\nAuthorization: Bearer " + daemon.token() +
              "\r\nAccept: application/x-ndjson\r\n\r\n");
  reader.read_head();
  reader.read_line();  // hello
  const std::string body = R"({"title":"t","body":")" + std::string(kBody, 'x') + "\"}";
  for (int i = 0; i < kWrites; ++i) {
    REQUIRE(daemon
                .http({.method = "POST",
                       .target = "/api/v1/tasks",
                       .headers = {{"Content-Type", "application/json"}},
                       .body = body})
                .status == 201);
  }
  CHECK(is_blocked(daemon));
  for (int i = 1; i <= kWrites; ++i) {
    std::string line;
    while (line.empty()) line = reader.read_line();
    CHECK(wire::field_text(line, "rev") == std::to_string(i));
  }
}

}  // namespace taskman::test
