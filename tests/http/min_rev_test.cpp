// `min_rev`: a read that may not be older than what its client knows of.

#include "http/api.hpp"

namespace taskman::test {
namespace {

std::string after(const std::string& cursor) {
  return std::to_string(std::stoll(cursor.substr(0, cursor.find('-'))) + 1);
}

TEST_CASE("what a write answered is there for a read on another connection") {
  Api api;
  const HttpReply written = api.post("/api/v1/tasks", R"({"title":"a"})");
  HttpClient other = api.daemon().connect();
  const std::string cursor = written.header("Taskman-Cursor");
  for (const std::string& min_rev : {cursor, cursor.substr(0, cursor.find('-'))}) {
    const HttpReply read = other.request({.target = "/api/v1/tasks?min_rev=" + min_rev});
    CHECK(read.status == 200);
    CHECK(items(read).size() == 1);
  }
}

TEST_CASE("a read waits, without a worker, for a revision that is on its way") {
  Api api;
  HttpClient reader = api.daemon().connect();
  reader.send("GET /api/v1/tasks?min_rev=" + after(api.head()) + " HTTP/1.1\r\nHost: x\r\n\r\n");
  api.await_parked(1);
  CHECK(api.metric("taskman_http_requests_in_flight") == 1);  // the question itself
  api.add();
  const HttpReply reply = reader.read_reply();
  CHECK(reply.status == 200);
  CHECK(items(reply).size() == 1);
  CHECK_FALSE(reply.header("X-Request-Id").empty());
  reader.send("HEAD /api/v1/tasks?min_rev=" + after(api.head()) + " HTTP/1.1\r\nHost: x\r\n\r\n");
  api.await_parked(1);
  api.add();
  CHECK(reader.read_head().status == 200);
}

TEST_CASE("a revision that does not come is refused in the end, and can be asked for again") {
  Api api;
  const HttpReply reply = api.get("/api/v1/tasks?min_rev=1000000");
  CHECK(problem(reply) == "revision_ahead");
  CHECK(reply.status == 412);
  CHECK(reply.header("Retry-After") == "1");
  CHECK_THAT(reply.body, ContainsSubstring("revision 1000000 is not there; the newest is 0"));
}

TEST_CASE("a daemon that ends does not keep a read waiting") {
  Api api;
  HttpClient reader = api.daemon().connect();
  reader.send("GET /api/v1/tasks?min_rev=9 HTTP/1.1\r\nHost: x\r\n\r\n");
  api.await_parked(1);
  api.stop();
  CHECK(problem(reader.read_reply()) == "revision_ahead");
}

TEST_CASE("the cursor of another history is no revision of this one") {
  Api api;
  api.add();
  CHECK(problem(api.get("/api/v1/tasks?min_rev=1-0123456789abcdef")) == "cursor_gone");
  CHECK(problem(api.get("/api/v1/tasks?min_rev=-1")) == "invalid_value");
  CHECK(problem(api.get("/api/v1/tasks?min_rev=soon")) == "invalid_value");
  CHECK(problem(api.get("/api/v1/events?min_rev=1")) == "invalid_value");
}

}  // namespace
}  // namespace taskman::test
