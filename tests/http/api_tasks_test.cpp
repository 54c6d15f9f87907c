// /api/v1/tasks over the socket: what the routes add to the service.

#include "http/api.hpp"

namespace taskman::test {
namespace {

TEST_CASE("a task's life over the API") {
  Api api;
  const HttpReply made = api.post("/api/v1/tasks", R"({"title":"Fix login","priority":"high"})");
  CHECK(made.status == 201);
  CHECK(task_of(made).priority == model::Priority::kP1);
  CHECK(task_of(api.patch("/api/v1/tasks/1", R"({"points":3})")).points == 3);
  CHECK(task_of(api.post("/api/v1/tasks/1/done")).status == model::Status::kDone);
  CHECK(api.post("/api/v1/tasks/1/comments", R"({"text":"at last"})").status == 201);
  CHECK(items(api.get("/api/v1/tasks/1/comments")).size() == 1);
  CHECK(items(api.get("/api/v1/tasks/1/log")).size() == 4);
  CHECK(task_of(api.remove("/api/v1/tasks/1")).title == "Fix login");
  CHECK(problem(api.get("/api/v1/tasks/1")) == "not_found");
}

TEST_CASE("every verb leads where its name says") {
  Api api;
  const auto [verb, status] = GENERATE(table<std::string, std::string>({{"start", "in_progress"},
                                                                        {"block", "blocked"},
                                                                        {"review", "review"},
                                                                        {"done", "done"},
                                                                        {"drop", "dropped"}}));
  const std::string path = "/api/v1/tasks/" + api.add();
  CHECK(model::name(task_of(api.post(path + "/" + verb)).status) == status);
  if (status == "done" || status == "dropped") {
    CHECK(task_of(api.post(path + "/reopen")).status == model::Status::kTodo);
  }
}

TEST_CASE("a limit that is none is told that all can be asked for") {
  Api api;
  const HttpReply refused = api.get("/api/v1/tasks?limit=0");
  CHECK(refused.status == 422);
  CHECK_THAT(refused.body, ContainsSubstring("from 1 to 10000, or all"));
  CHECK(api.get("/api/v1/tasks?limit=all").status == 200);
}

TEST_CASE("a block keeps its reason") {
  Api api;
  const std::string path = "/api/v1/tasks/" + api.add();
  CHECK(task_of(api.post(path + "/block", R"({"reason":"vendor"})")).blocked_reason == "vendor");
  CHECK(problem(api.post(path + "/done", R"({"reason":"tired"})")) == "invalid_value");
}

TEST_CASE("a verb on many tasks is one request") {
  Api api;
  api.add();
  api.add();
  const HttpReply reply = api.post("/api/v1/tasks/bulk", R"({"verb":"done","ids":[1,2]})");
  CHECK(reply.status == 200);
  CHECK(items(reply).size() == 2);
  CHECK(problem(api.post("/api/v1/tasks/bulk", R"({"verb":"done","ids":[1,99]})")) == "not_found");
}

TEST_CASE("lists are pages of a hundred unless asked otherwise, and say where the next begins") {
  Api api;
  std::string lines;
  for (int i = 0; i < 130; ++i) lines += "{\"title\":\"t\"}\n";
  REQUIRE(api.post("/api/v1/import", lines, {{"Content-Type", "application/x-ndjson"}}).status ==
          200);
  const auto first = envelope(api.get("/api/v1/tasks"));
  CHECK(first.page->returned == 100);
  CHECK(first.page->total == 130);
  REQUIRE(first.page->next);
  const auto second = envelope(api.get("/api/v1/tasks?page=" + *first.page->next));
  CHECK(second.page->returned == 30);
  CHECK_FALSE(second.page->next.has_value());
  CHECK(envelope(api.get("/api/v1/tasks?limit=all")).page->returned == 130);
  CHECK(envelope(api.get("/api/v1/tasks?limit=7")).page->returned == 7);
  for (const std::string limit : {"0", "10001", "-1", "some", ""}) {
    CAPTURE(limit);
    CHECK(problem(api.get("/api/v1/tasks?limit=" + limit)) == "invalid_value");
  }
  CHECK(problem(api.get("/api/v1/tasks?page=nonsense")) == "invalid_value");
}

TEST_CASE("filter and sort come percent-encoded") {
  Api api;
  api.add(R"({"title":"Ünïcode","points":5})");
  api.add(R"({"title":"plain","points":1})");
  CHECK(items(api.get("/api/v1/tasks?filter=points%3E3%20%22%C3%9Cn%C3%AFcode%22")).size() == 1);
  CHECK(wire::decode_task(items(api.get("/api/v1/tasks?sort=-points")).front()).id.value == 1);
  CHECK(problem(api.get("/api/v1/tasks?filter=status:dnoe")) == "invalid_value");
}

TEST_CASE("a parameter that the route does not know is refused with the nearest") {
  Api api;
  const HttpReply reply = api.get("/api/v1/tasks?filtr=is:open");
  CHECK(problem(reply) == "invalid_value");
  CHECK_THAT(reply.body, ContainsSubstring("did you mean filter?"));
  CHECK(problem(api.get("/api/v1/tasks?filter=a&filter=b")) == "invalid_value");
  CHECK_THAT(api.get("/api/v1/projects?x=1").body, ContainsSubstring("this takes no parameters"));
}

TEST_CASE("a list carries the cursor it was read at, in the body, as a header and as its ETag") {
  Api api;
  api.add();
  const HttpReply reply = api.get("/api/v1/tasks");
  CHECK(model::to_string(*envelope(reply).cursor) == reply.header("Taskman-Cursor"));
  CHECK(reply.header("ETag") == '"' + reply.header("Taskman-Cursor") + '"');
  const Headers known{{"If-None-Match", reply.header("ETag")}};
  CHECK(api.get("/api/v1/tasks", known).status == 304);
  api.add();
  CHECK(api.get("/api/v1/tasks", known).status == 200);
}

TEST_CASE("a list that time alone can change has no ETag") {
  Api api;
  CHECK(api.get("/api/v1/tasks?filter=is:overdue").header("ETag").empty());
  CHECK_FALSE(api.get("/api/v1/tasks?filter=is:open").header("ETag").empty());
}

TEST_CASE("a task's ETag tells when it waits for others, which is no other version") {
  Api api;
  api.add();
  api.add(R"({"title":"b","blocked_by":[1]})");
  const std::string waiting = api.get("/api/v1/tasks/2").header("ETag");
  api.post("/api/v1/tasks/1/done");
  CHECK(api.get("/api/v1/tasks/2", {{"If-None-Match", waiting}}).status == 200);
  CHECK(task_of(api.get("/api/v1/tasks/2")).version == 1);
  CHECK(api.post("/api/v1/tasks/2/done", {}, {{"If-Match", waiting}}).status == 200);
}

TEST_CASE("what is no id is nothing that could be found") {
  Api api;
  for (const std::string id : {"0", "-1", "x", "1.5", "99999999999999999999"}) {
    CAPTURE(id);
    CHECK(problem(api.get("/api/v1/tasks/" + id)) == "not_found");
  }
}

TEST_CASE("bodies that cannot be meant are refused by field") {
  Api api;
  CHECK(problem(api.post("/api/v1/tasks", R"({"title":"a","titel":"b"})")) == "malformed_request");
  CHECK(problem(api.post("/api/v1/tasks", "{")) == "malformed_request");
  CHECK(problem(api.post("/api/v1/tasks", R"({"title":"a","points":"many"})")) == "invalid_value");
  CHECK(problem(api.post("/api/v1/tasks", R"({"title":")" + std::string(501, 'x') + "\"}")) ==
        "invalid_value");
  CHECK(problem(api.post("/api/v1/tasks", "{\"title\":\"\xff\"}")) == "malformed_request");
  CHECK(problem(api.post("/api/v1/tasks", R"({"title":"\u001b[31m"})")) == "invalid_value");
  CHECK(problem(api.post("/api/v1/tasks", R"({"title":"a"})", {{"Content-Type", "text/plain"}})) ==
        "unsupported_media");
  CHECK(items(api.get("/api/v1/tasks")).empty());
}

}  // namespace
}  // namespace taskman::test
