#include "support/daemon_fixture.hpp"

#include "support/catch.hpp"

namespace taskman::test {

TEST_CASE("a daemon answers when it has said that it is ready, and ends when it is told to") {
  DaemonFixture daemon;
  CHECK(daemon.http({.target = "/api/v1/health"}).status == 200);
  daemon.stop();
  CHECK_FALSE(std::filesystem::exists(daemon.socket()));
}

TEST_CASE("a daemon that was killed starts again on the same store") {
  DaemonFixture daemon;
  const HttpRequest add{.method = "POST",
                        .target = "/api/v1/tasks",
                        .headers = {{"Content-Type", "application/json"}},
                        .body = R"({"title":"kept"})"};
  REQUIRE(daemon.http(add).status == 201);
  daemon.kill();
  daemon.start();
  CHECK_THAT(daemon.http({.target = "/api/v1/tasks"}).body, ContainsSubstring("kept"));
}

TEST_CASE("two requests go over one connection") {
  DaemonFixture daemon;
  HttpClient client = daemon.connect();
  CHECK(client.request({.target = "/api/v1/health"}).status == 200);
  CHECK(client.request({.target = "/api/v1/tasks"}).status == 200);
}

}  // namespace taskman::test
