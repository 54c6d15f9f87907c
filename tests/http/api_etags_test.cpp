// An ETag says which thing in which state was seen, whatever lies under its URL by now.

#include <filesystem>

#include "http/api.hpp"

namespace taskman::test {
namespace {

constexpr std::string_view kCurrent = "/api/v1/sprints/current";

std::string etag_of(Api& api, std::string_view target) {
  const HttpReply reply = api.get(std::string(target));
  REQUIRE(reply.status == 200);
  return reply.header("ETag");
}

/// Whether a reader that has `etag` is told what is there now, and a writer that saw it refused.
void check_overtaken(Api& api, std::string_view target, const std::string& etag,
                     const std::string& change) {
  const HttpReply read = api.get(std::string(target), {{"If-None-Match", etag}});
  CHECK(read.status == 200);
  CHECK(read.header("ETag") != etag);
  const std::string before = api.get(std::string(target)).body;
  for (const std::string way : {"", "?merge=1"}) {
    CAPTURE(way);
    const HttpReply write = api.patch(std::string(target) + way, change, {{"If-Match", etag}});
    CHECK(problem(write) == "stale_version");
    CHECK_THAT(write.body, ContainsSubstring("is not what was seen"));
  }
  CHECK(api.get(std::string(target)).body == before);
}

/// S1 and S2; S1 is active, at version 2.
struct SprintApi : Api {
  SprintApi() {
    for (const std::string name : {"S1", "S2"})
      REQUIRE(post("/api/v1/sprints", R"({"name":")" + name + "\"}").status == 201);
    REQUIRE(post("/api/v1/sprints/S1/start").status == 200);
  }
  void go_on() {
    REQUIRE(post("/api/v1/sprints/S1/close").status == 200);
    REQUIRE(post("/api/v1/sprints/S2/start").status == 200);
  }
};

TEST_CASE("etags: while nothing changes a thing keeps its own, under each of its names") {
  SprintApi api;
  REQUIRE(api.post("/api/v1/projects", R"({"key":"web"})").status == 201);
  api.add();
  const std::string seen = etag_of(api, kCurrent);
  CHECK_THAT(seen, ContainsSubstring("\"2-"));
  for (const std::string target : {"/api/v1/sprints/S1", "/api/v1/sprints/1"})
    CHECK(api.get(target, {{"If-None-Match", seen}}).status == 304);
  for (const std::string target : {"/api/v1/tasks/1", "/api/v1/projects/web"})
    CHECK(api.get(target, {{"If-None-Match", etag_of(api, target)}}).status == 304);
  CHECK(etag_of(api, "/api/v1/tasks/1") != etag_of(api, "/api/v1/projects/web"));
}

TEST_CASE("etags: the current sprint's is not that of the one after it") {
  SprintApi api;
  const std::string seen = etag_of(api, kCurrent);
  CHECK(api.patch(std::string(kCurrent) + "?dry_run=1", R"({"goal":"g"})", {{"If-Match", seen}})
            .status == 200);
  api.go_on();
  check_overtaken(api, kCurrent, seen, R"({"goal":"meant for S1"})");
  CHECK(problem(api.post(std::string(kCurrent) + "/cancel", {}, {{"If-Match", seen}})) ==
        "stale_version");
}

TEST_CASE("etags: a version alone says too little of a word that moves") {
  SprintApi api;
  const HttpReply refused =
      api.patch(std::string(kCurrent), R"({"goal":"g"})", {{"If-Match", "\"2\""}});
  CHECK(refused.status == 422);
  CHECK_THAT(refused.body, ContainsSubstring("now it is 'S1', id 1"));
  CHECK(api.post(std::string(kCurrent) + "/close", {}, {{"If-Match", "\"2\""}}).status == 422);
  CHECK(api.remove("/api/v1/sprints/next", {{"If-Match", "\"1\""}}).status == 422);
  CHECK(api.patch("/api/v1/sprints/S1", R"({"goal":"g"})", {{"If-Match", "\"2\""}}).status == 200);
  CHECK(api.patch(std::string(kCurrent), R"({"goal":"h"})", {{"If-Match", "*"}}).status == 200);
}

TEST_CASE("etags: what was deleted and made again under its name is another thing") {
  Api api;
  const auto make = [&](const std::string& title) {
    REQUIRE(api.post("/api/v1/projects", R"({"key":"p","name":")" + title + "\"}").status == 201);
    REQUIRE(api.post("/api/v1/sprints", R"({"name":"S"})").status == 201);
  };
  make("first");
  const std::string project = etag_of(api, "/api/v1/projects/p");
  const std::string sprint = etag_of(api, "/api/v1/sprints/S");
  REQUIRE(api.remove("/api/v1/projects/p").status == 200);
  REQUIRE(api.remove("/api/v1/sprints/S").status == 200);
  make("second");
  check_overtaken(api, "/api/v1/projects/p", project, R"({"name":"of the first"})");
  check_overtaken(api, "/api/v1/sprints/S", sprint, R"({"goal":"of the first"})");
}

TEST_CASE("etags: no merge with what another of that name has become since") {
  Api api;
  const auto make = [&] { REQUIRE(api.post("/api/v1/projects", R"({"key":"p"})").status == 201); };
  make();
  const std::string seen = etag_of(api, "/api/v1/projects/p");
  REQUIRE(api.remove("/api/v1/projects/p").status == 200);
  make();
  REQUIRE(api.patch("/api/v1/projects/p", R"({"description":"d"})").status == 200);
  check_overtaken(api, "/api/v1/projects/p", seen, R"({"name":"of the first"})");
}

TEST_CASE("etags: a change is merged with what came since, also when it was deleted and is back") {
  Api api;
  api.add(R"({"title":"a","labels":["x"],"points":1})");
  const std::string seen = etag_of(api, "/api/v1/tasks/1");
  REQUIRE(api.patch("/api/v1/tasks/1", R"({"points":3})").status == 200);
  REQUIRE(api.remove("/api/v1/tasks/1").status == 200);
  REQUIRE(api.post("/api/v1/undo", "{}").status == 200);
  REQUIRE(api.patch("/api/v1/tasks/1", R"({"add_labels":["y"]})").status == 200);
  const Headers match{{"If-Match", seen}};
  CHECK(problem(api.patch("/api/v1/tasks/1?merge=1", R"({"points":5})", match)) == "stale_version");
  CHECK(api.patch("/api/v1/tasks/1?merge=1", R"({"title":"b"})", match).status == 200);
  CHECK(task_of(api.get("/api/v1/tasks/1")).points == 3);
}

/// Ends the daemon and starts it again with `backup` in the place of its database.
void restore(DaemonFixture& daemon, const std::filesystem::path& backup) {
  daemon.stop();
  for (const std::string end : {"-wal", "-shm"}) std::filesystem::remove(daemon.database() += end);
  std::filesystem::copy_file(backup, daemon.database(),
                             std::filesystem::copy_options::overwrite_existing);
  daemon.start();
}

TEST_CASE("etags: after a restore the same version is another state") {
  DaemonFixture daemon;
  const auto call = [&](std::string method, std::string target, std::string body,
                        Headers headers = {}) {
    headers.emplace_back("Content-Type", "application/json");
    return daemon.http({.method = std::move(method),
                        .target = std::move(target),
                        .headers = std::move(headers),
                        .body = std::move(body)});
  };
  const std::string task = "/api/v1/tasks/1";
  REQUIRE(call("POST", "/api/v1/tasks", R"({"title":"a"})").status == 201);
  const auto backup = daemon.folder() / "b.db";
  REQUIRE(call("POST", "/api/v1/backup", R"({"path":")" + backup.string() + "\"}").status == 200);
  REQUIRE(call("PATCH", task, R"({"title":"lost"})").status == 200);
  const std::string seen = daemon.http({.target = task}).header("ETag");
  restore(daemon, backup);
  REQUIRE(call("PATCH", task, R"({"title":"kept"})").status == 200);
  const Headers known{{"If-None-Match", seen}};
  const Headers match{{"If-Match", seen}};
  CHECK(daemon.http({.target = task, .headers = known}).status == 200);
  CHECK(problem(call("PATCH", task, R"({"points":1})", match)) == "stale_version");
  REQUIRE(call("PATCH", task, R"({"body":"b"})").status == 200);
  CHECK(problem(call("PATCH", task + "?merge=1", R"({"points":1})", match)) == "stale_version");
}

TEST_CASE("etags: one that is of nothing here matches nothing") {
  Api api;
  api.add();
  for (const std::string other : {"\"1-waiting\"", "\"1-0123456789abcdef\"", "\"1-0-0\""}) {
    CAPTURE(other);
    CHECK(problem(api.patch("/api/v1/tasks/1", R"({"points":1})", {{"If-Match", other}})) ==
          "stale_version");
  }
}

TEST_CASE("etags: If-None-Match is not ignored by what changes something") {
  Api api;
  api.add();
  for (const std::string known : {"*", "\"1\"", "\"x\""}) {
    const Headers headers{{"If-None-Match", known}};
    for (const HttpReply& reply : {api.patch("/api/v1/tasks/1", R"({"points":1})", headers),
                                   api.post("/api/v1/tasks/1/done", {}, headers),
                                   api.post("/api/v1/tasks", R"({"title":"b"})", headers),
                                   api.remove("/api/v1/tasks/1", headers)}) {
      CHECK(reply.status == 422);
      CHECK_THAT(reply.body, ContainsSubstring("If-None-Match is for reading"));
    }
  }
  CHECK(items(api.get("/api/v1/tasks")).size() == 1);
  CHECK(task_of(api.get("/api/v1/tasks/1")).version == 1);
}

}  // namespace
TEST_CASE("what one caller was answered is no 304 for another") {
  Api api;
  api.add(R"({"title":"a","assignee":"ann"})");
  const std::string mine = "/api/v1/tasks?filter=is:mine";
  const auto asked_by = [&](const std::string& actor, const std::string& known) {
    const Headers headers{{"Taskman-Actor", actor}, {"If-None-Match", known}};
    return api.get(mine, headers);
  };
  const std::string etag = asked_by("bob", "").header("ETag");
  CHECK(asked_by("bob", etag).status == 304);
  CHECK(asked_by("ann", etag).status == 200);
}

}  // namespace taskman::test
