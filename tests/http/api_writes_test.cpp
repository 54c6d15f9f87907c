// What every write of the API shares: keys, versions, dry runs, who did it.

#include "common/time/text.hpp"
#include "http/api.hpp"

namespace taskman::test {
namespace {

TEST_CASE("the same key answers the first result again, and says so") {
  Api api;
  const Headers key{{"Idempotency-Key", "ci-17"}};
  const HttpReply first = api.post("/api/v1/tasks", R"({"title":"a"})", key);
  const HttpReply again = api.post("/api/v1/tasks", R"({"title":"a"})", key);
  CHECK(again.status == 201);
  CHECK(again.body == first.body);
  CHECK(again.header("Idempotency-Replayed") == "true");
  CHECK(time::parse_rfc3339(again.header("Idempotency-Answered")).has_value());
  CHECK(first.header("Idempotency-Replayed").empty());
  CHECK(first.header("Idempotency-Answered").empty());
  CHECK(again.header("Taskman-Cursor") == first.header("Taskman-Cursor"));
  CHECK(envelope(api.get("/api/v1/tasks")).page->total == 1);
}

TEST_CASE("a key belongs to one request: method, path, query and body") {
  Api api;
  api.add();
  const Headers key{{"Idempotency-Key", "k"}};
  REQUIRE(api.post("/api/v1/tasks/1/start", {}, key).status == 200);
  CHECK(problem(api.post("/api/v1/tasks/1/done", {}, key)) == "key_reused");
  CHECK(problem(api.post("/api/v1/tasks", R"({"title":"a"})", key)) == "key_reused");
  CHECK(problem(api.remove("/api/v1/tasks/1", key)) == "key_reused");
}

TEST_CASE("a key belongs to one actor, and to the version that was asked for") {
  Api api;
  api.add();
  const auto start = [&](const Headers& more) {
    Headers headers{{"Idempotency-Key", "k"}, {"Taskman-Actor", "ana"}};
    for (const auto& [name, value] : more) {
      std::erase_if(headers, [&](const auto& header) { return header.first == name; });
      headers.emplace_back(name, value);
    }
    return api.post("/api/v1/tasks/1/start", {}, headers);
  };
  REQUIRE(start({{"If-Match", "\"1\""}}).status == 200);
  CHECK(start({{"If-Match", "\"1\""}}).header("Idempotency-Replayed") == "true");
  CHECK(start({{"If-Match", "1"}}).header("Idempotency-Replayed") == "true");
  CHECK(problem(start({{"If-Match", "\"2\""}})) == "key_reused");
  CHECK(problem(start({})) == "key_reused");
  CHECK(problem(start({{"If-Match", "\"1\""}, {"Taskman-Actor", "bob"}})) == "key_reused");
}

TEST_CASE("a dry run under a key that was used answers as the request itself would") {
  Api api;
  const Headers key{{"Idempotency-Key", "k"}};
  const HttpReply first = api.post("/api/v1/tasks", R"({"title":"a"})", key);
  const HttpReply dry = api.post("/api/v1/tasks?dry_run=1", R"({"title":"a"})", key);
  CHECK(dry.body == first.body);
  CHECK(dry.header("Idempotency-Replayed") == "true");
  CHECK(problem(api.post("/api/v1/tasks?dry_run=1", R"({"title":"b"})", key)) == "key_reused");
  CHECK(
      api.post("/api/v1/tasks?dry_run=1", R"({"title":"b"})", {{"Idempotency-Key", "l"}}).status ==
      200);
  CHECK(api.post("/api/v1/tasks", R"({"title":"c"})", {{"Idempotency-Key", "l"}}).status == 201);
}

TEST_CASE("what makes a thing takes no version of one") {
  Api api;
  for (const auto version : {"\"1\"", "*"}) {
    const HttpReply reply = api.post("/api/v1/tasks", R"({"title":"a"})", {{"If-Match", version}});
    CHECK(reply.status == 422);
    CHECK(problem(reply) == "invalid_value");
  }
  CHECK(envelope(api.get("/api/v1/tasks")).page->total == 0);
  api.add();
  CHECK(problem(api.post("/api/v1/undo", "{}", {{"If-Match", "\"1\""}})) == "invalid_value");
  CHECK(problem(api.post("/api/v1/tasks/1/comments", R"({"text":"b"})", {{"If-Match", "\"7\""}})) ==
        "stale_version");
}

TEST_CASE("a request that needs a body and has no length is told so") {
  Api api;
  api.add();
  const auto status_of = [&](const std::string& line) {
    HttpClient client = api.daemon().connect();
    client.send(line + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\r\n");
    return client.read_reply().status;
  };
  CHECK(status_of("POST /api/v1/tasks") == 411);
  CHECK(status_of("POST /api/v1/import") == 411);
  CHECK(status_of("PATCH /api/v1/tasks/1") == 411);
  CHECK(status_of("POST /api/v1/tasks/1/done") == 200);  // its body is optional: there is none
}

TEST_CASE("a key outlives the daemon") {
  DaemonFixture daemon;
  const HttpRequest request{
      .method = "POST",
      .target = "/api/v1/tasks",
      .headers = {{"Content-Type", "application/json"}, {"Idempotency-Key", "k"}},
      .body = R"({"title":"a"})"};
  const HttpReply first = daemon.http(request);
  daemon.kill();
  daemon.start();
  const HttpReply again = daemon.http(request);
  CHECK(again.body == first.body);
  CHECK(again.header("Idempotency-Replayed") == "true");
}

TEST_CASE("keys of another form are refused") {
  Api api;
  for (const std::string& key :
       {std::string(256, 'k'), std::string("a b"), std::string("\xc3\xa4")}) {
    CHECK(problem(api.post("/api/v1/tasks", R"({"title":"a"})", {{"Idempotency-Key", key}})) ==
          "invalid_value");
  }
}

TEST_CASE("If-Match guards against a lost update") {
  Api api;
  api.add();
  const std::string seen = api.get("/api/v1/tasks/1").header("ETag");
  REQUIRE(api.patch("/api/v1/tasks/1", R"({"points":3})").status == 200);
  const HttpReply stale = api.patch("/api/v1/tasks/1", R"({"points":5})", {{"If-Match", seen}});
  CHECK(stale.status == 412);
  CHECK(problem(stale) == "stale_version");
  CHECK_THAT(stale.body, ContainsSubstring("points"));
  CHECK(api.patch("/api/v1/tasks/1", R"({"points":5})", {{"If-Match", "\"2\""}}).status == 200);
  CHECK(api.patch("/api/v1/tasks/1", R"({"points":8})", {{"If-Match", "*"}}).status == 200);
  CHECK(problem(api.patch("/api/v1/tasks/1", "{}", {{"If-Match", "\"x\""}})) == "invalid_value");
}

TEST_CASE("dry_run says what would happen and changes nothing") {
  Api api;
  const std::string head = api.head();
  const HttpReply reply = api.post("/api/v1/tasks?dry_run=1", R"({"title":"a"})");
  CHECK(reply.status == 200);
  CHECK(task_of(reply).title == "a");
  CHECK(reply.header("Taskman-Cursor") == head);
  CHECK(api.head() == head);
  CHECK(api.post("/api/v1/tasks?dry_run=0", R"({"title":"a"})").status == 201);
  CHECK(problem(api.post("/api/v1/tasks?dry_run=perhaps", R"({"title":"a"})")) == "invalid_value");
}

TEST_CASE("the log says who did it and by what means") {
  Api api;
  const Headers who{{"Taskman-Actor", "Ana"}, {"Taskman-Origin", "ci"}};
  api.post("/api/v1/tasks", R"({"title":"a"})", who);
  api.add();
  const auto events = items(api.get("/events"));
  const auto named = wire::decode_frame(events[0]);
  CHECK(named.actor == "Ana");
  CHECK(named.origin == "ci");
  const auto unnamed = wire::decode_frame(events[1]);
  CHECK_FALSE(unnamed.actor.empty());
  CHECK(unnamed.origin == "api");
  CHECK(problem(api.post("/api/v1/tasks", R"({"title":"a"})",
                         {{"Taskman-Actor", std::string(101, 'a')}})) == "invalid_value");
  CHECK(problem(api.post("/api/v1/tasks", R"({"title":"a"})", {{"Taskman-Origin", "No"}})) ==
        "invalid_value");
}

TEST_CASE("a sprint is closed in one request, its report first as a dry run") {
  Api api;
  REQUIRE(api.post("/api/v1/sprints", R"({"name":"S 1"})").status == 201);
  api.add(R"({"title":"a","sprint":"S 1"})");
  REQUIRE(api.post("/api/v1/sprints/S%201/start").status == 200);
  CHECK(problem(api.post("/api/v1/sprints/current/close")) == "conflict");
  CHECK(problem(api.post("/api/v1/sprints/current/close?dry_run=1")) == "conflict");
  const std::string misplaced = R"({"dry_run":true,"carry":"none"})";
  CHECK(problem(api.post("/api/v1/sprints/current/close", misplaced)) == "malformed_request");
  const HttpReply dry = api.post("/api/v1/sprints/current/close?dry_run=1", R"({"carry":"none"})");
  CHECK(wire::decode_sprint(envelope(dry).data).report->carried.size() == 1);
  CHECK(api.get("/api/v1/sprints/current").status == 200);
  CHECK(api.post("/api/v1/sprints/current/close", R"({"carry":"none"})").status == 200);
  CHECK(problem(api.get("/api/v1/sprints/current")) == "not_found");
}

TEST_CASE("what is in use is removed only when told so") {
  Api api;
  REQUIRE(api.post("/api/v1/projects", R"({"key":"web"})").status == 201);
  api.add(R"({"title":"a","project":"web"})");
  CHECK(problem(api.remove("/api/v1/projects/web")) == "conflict");
  CHECK(api.remove("/api/v1/projects/web?detach=1").status == 200);
  CHECK_FALSE(task_of(api.get("/api/v1/tasks/1")).project.has_value());
}

}  // namespace
}  // namespace taskman::test
