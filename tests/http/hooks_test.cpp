// Hooks over the API: who may add which, what is told of them.

#include "http/api.hpp"

namespace taskman::test {
namespace {

constexpr auto kHooks = "/api/v1/hooks";

HttpReply by_tcp(const DaemonFixture& daemon, const std::string& body) {
  HttpClient client(daemon.port());
  client.send("POST " + std::string(kHooks) + " HTTP/1.1\r\nHost: 127.0.0.1:" +
              std::to_string(daemon.port()) + "\r\nAuthorization: Bearer " + daemon.token() +
              "\r\nContent-Type: application/json\r\nContent-Length: " +
              std::to_string(body.size()) + "\r\n\r\n" + body);
  return client.read_reply();
}

TEST_CASE("by TCP a hook may post, but not run a command") {
  const DaemonFixture daemon({"--listen", "127.0.0.1:0"});
  const HttpReply refused = by_tcp(daemon, R"({"on":"*","run":"true"})");
  CHECK(refused.status == 403);
  CHECK_THAT(refused.body, ContainsSubstring("cannot be added by TCP"));
  CHECK(by_tcp(daemon, R"({"on":"*","post":"http://127.0.0.1:1/"})").status == 201);
}

TEST_CASE("a hook has one target, and fields that are known") {
  Api api;
  CHECK(api.post(kHooks, R"({"on":"*","run":"true"})").status == 201);
  CHECK(api.post(kHooks, R"({"on":"*"})").status == 422);
  CHECK(api.post(kHooks, R"({"run":"true"})").status == 422);
  CHECK(api.post(kHooks, R"({"on":"*","run":"true","post":"http://h/"})").status == 422);
  CHECK(api.post(kHooks, R"({"on":"*","exec":"true"})").status == 400);
  CHECK(api.get("/api/v1/hooks/7").status == 404);
  CHECK(api.get("/api/v1/hooks/x").status == 404);
  CHECK(items(api.get(kHooks)).size() == 1);
}

TEST_CASE("what hooks do is counted") {
  Api api;
  api.post(kHooks, R"({"on":"task.created","run":"true"})");
  api.add();
  const auto until = std::chrono::steady_clock::now() + kPatience;
  // Counted when it is delivered, done with when that is stored.
  while (api.metric("taskman_hook_deliveries_total") < 1 ||
         api.metric("taskman_hooks_behind") > 0) {
    REQUIRE(std::chrono::steady_clock::now() < until);
  }
  CHECK(api.metric("taskman_hooks") == 1);
  CHECK(api.metric("taskman_hooks_lag_revisions") == 0);
  CHECK(api.metric("taskman_hook_failures_total") == 0);
}

}  // namespace
}  // namespace taskman::test
