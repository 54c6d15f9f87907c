// Claims over the socket: what the routes add to the service.

#include "http/api.hpp"

namespace taskman::test {
namespace {

const Headers kAna{{"Taskman-Actor", "ana"}};
const Headers kBob{{"Taskman-Actor", "bob"}};

TEST_CASE("a claim's life over the API") {
  Api api;
  api.add();
  const auto claimed =
      task_of(api.post("/api/v1/tasks/claim", R"({"filter":"is:ready","lease":"5m"})", kAna));
  CHECK(claimed.id.value == 1);
  CHECK(claimed.lease->holder == "ana");
  CHECK(task_of(api.post("/api/v1/tasks/1/claim", R"({"lease":600})", kAna)).lease->until >
        claimed.lease->until);
  CHECK(api.post("/api/v1/tasks/1/renew", {}, kAna).status == 200);
  CHECK(task_of(api.post("/api/v1/tasks/1/release", {}, kAna)).status == model::Status::kTodo);
  CHECK(problem(api.post("/api/v1/tasks/1/renew", {}, kAna)) == "claimed");
}

TEST_CASE("the loser's problem names holder and end") {
  Api api;
  api.add();
  const auto until =
      task_of(api.post("/api/v1/tasks/1/claim", {}, kAna)).lease->until.time_since_epoch();
  const HttpReply refused = api.post("/api/v1/tasks/1/claim", {}, kBob);
  CHECK(refused.status == 409);
  CHECK(problem(refused) == "claimed");
  CHECK_THAT(refused.body, ContainsSubstring(R"({"name":"holder","message":"ana"})"));
  CHECK_THAT(refused.body, ContainsSubstring(R"({"name":"until","message":")"));
  CHECK(until.count() > 0);
  const HttpReply nothing = api.post("/api/v1/tasks/claim", {}, kBob);
  CHECK(nothing.status == 404);
  CHECK(problem(nothing) == "nothing");
}

TEST_CASE("every verb takes if_claimed, in its body") {
  Api api;
  for (const std::string verb : {"start", "block", "review", "done", "drop", "release"}) {
    const std::string path = "/api/v1/tasks/" + api.add();
    const std::string fenced = R"({"if_claimed":true})";
    CHECK(problem(api.post(path + "/" + verb, fenced, kAna)) == "claimed");
    REQUIRE(api.post(path + "/claim", {}, kAna).status == 200);
    CHECK(problem(api.post(path + "/" + verb, fenced, kBob)) == "claimed");
    CHECK(api.post(path + "/" + verb, fenced, kAna).status == 200);
  }
}

TEST_CASE("every verb takes the token of a lease, and no other's") {
  Api api;
  for (const std::string verb : {"start", "block", "review", "done", "drop", "release", "renew"}) {
    const std::string path = "/api/v1/tasks/" + api.add();
    const auto claim = [&] {
      const auto lease = task_of(api.post(path + "/claim", R"({"exclusive":true})", kAna)).lease;
      return R"({"token":)" + std::to_string(lease.value().token) + "}";
    };
    const std::string first = claim();
    const HttpReply refused = api.post(path + "/claim", R"({"exclusive":true})", kAna);
    CHECK(refused.status == 409);
    CHECK(problem(refused) == "claimed");
    CHECK_THAT(refused.body, ContainsSubstring(R"({"name":"token","message":")"));
    REQUIRE(api.post(path + "/release", first, kAna).status == 200);
    const std::string second = claim();
    CHECK(problem(api.post(path + "/" + verb, first, kAna)) == "claimed");
    CHECK(problem(api.post(path + "/" + verb, second, kBob)) == "claimed");
    CHECK(api.post(path + "/" + verb, second, kAna).status == 200);
  }
}

TEST_CASE("what a claim is told wrongly is refused by name") {
  Api api;
  api.add();
  CHECK(problem(api.post("/api/v1/tasks/1/claim", R"({"lease":"soon"})")) == "invalid_value");
  CHECK(problem(api.post("/api/v1/tasks/1/claim", R"({"lease":"1ms"})")) == "invalid_value");
  CHECK(problem(api.post("/api/v1/tasks/claim", R"({"order":"colour"})")) == "invalid_value");
  CHECK(problem(api.post("/api/v1/tasks/claim", R"({"filter":"status:dnoe"})")) == "invalid_value");
  CHECK(problem(api.post("/api/v1/tasks/claim", R"({"sort":"due"})")) == "malformed_request");
  CHECK(problem(api.post("/api/v1/tasks/1/claim", R"({"token":1})")) == "malformed_request");
  CHECK(problem(api.post("/api/v1/tasks/1/renew", R"({"exclusive":true})")) == "malformed_request");
  CHECK(problem(api.post("/api/v1/tasks/1/renew", R"({"token":"1"})")) == "invalid_value");
  CHECK(problem(api.post("/api/v1/tasks/9/claim")) == "not_found");
}

TEST_CASE("a lease that runs out ends by itself, as a change by the daemon") {
  Api api;
  api.add();
  const auto claimed = api.post("/api/v1/tasks/1/claim", R"({"lease":"100ms"})", kAna);
  const HttpReply change =
      api.get("/api/v1/events?wait=20&since=" + claimed.header("Taskman-Cursor"));
  const auto frame = wire::decode_frame(items(change).at(0));
  CHECK(frame.actor == "taskmand");
  CHECK(frame.origin == "lease");
  CHECK(task_of(api.get("/api/v1/tasks/1")).status == model::Status::kTodo);
}

}  // namespace
}  // namespace taskman::test
