#include <filesystem>

#include "common/wire/idempotency_key.hpp"
#include "daemon/service/caller.hpp"
#include "service/desk.hpp"

namespace taskman::test {
namespace {

std::vector<std::string> values(const Desk& desk, const std::string& kind,
                                const std::string& prefix = "") {
  std::vector<std::string> found;
  for (const auto& item :
       items(envelope(desk.operations.complete({.kind = kind, .prefix = prefix})))) {
    found.push_back(wire::decode_candidate(item).value);
  }
  return found;
}

using Values = std::vector<std::string>;

TEST_CASE("health tells the daemon, the store and where the log stands") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  const auto health = wire::decode_health(envelope(desk.operations.health()).data);
  CHECK(health.status == "ok");
  CHECK(health.pid == 7);
  CHECK(health.store == desk.store->id());
  CHECK(health.head == model::to_string(desk.store->head()));
  CHECK(health.oldest.starts_with("0-"));
}

TEST_CASE("a backup is a whole copy at an absolute path that is free") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  const std::string path = (desk.folder / "copy.db").string();
  const auto report = wire::decode_backup_report(envelope(desk.operations.backup(path)).data);
  CHECK(report.path == path);
  CHECK(report.bytes == static_cast<std::int64_t>(std::filesystem::file_size(path)));
  CHECK_THROWS_AS(desk.operations.backup(path), error::Error);
  CHECK(error_of([&] { desk.operations.backup("copy.db"); }).code() == Code::kInvalidValue);
}

TEST_CASE(
    "ids complete by prefix with their titles; without one the open tasks changed last come "
    "first") {
  Desk desk;
  for (int i = 0; i < 12; ++i) {
    desk.add(R"({"title":"t"})");
    desk.clock.advance(std::chrono::seconds{1});
  }
  desk.move(2, "done");
  CHECK(values(desk, "tasks", "1") == Values{"1", "10", "11", "12"});
  CHECK(values(desk, "tasks", "#12") == Values{"12"});
  CHECK(values(desk, "tasks", "x").empty());
  const auto open = values(desk, "tasks");
  CHECK(open.size() == 11);
  CHECK(open.front() == "12");
}

TEST_CASE("names and words complete by prefix, whatever the case") {
  Desk desk;
  desk.add_project("web");
  desk.add_sprint(R"({"name":"Sprint 1"})");
  desk.add(R"({"title":"a","labels":["ui","api"],"assignee":"bob"})");
  CHECK(values(desk, "projects") == Values{"web"});
  CHECK(values(desk, "sprints", "s") == Values{"Sprint 1"});
  CHECK(values(desk, "sprints", "c") == Values{"current"});
  CHECK(values(desk, "labels", "u") == Values{"ui"});
  CHECK(values(desk, "assignees") == Values{"bob"});
  CHECK(values(desk, "statuses", "d") == Values{"done", "dropped"});
  CHECK(values(desk, "priorities") == Values{"p0", "p1", "p2", "p3"});
  CHECK(values(desk, "hooks").empty());
  CHECK(error_of([&] { values(desk, "task"); }).code() == Code::kInvalidValue);
}

TEST_CASE("who asks is checked before it gets into the log") {
  CHECK(service::make_caller("Ana María", "ci-7").actor == "Ana María");
  const auto refused = [](const std::string& actor, const std::string& origin) {
    return error_of([&] { service::make_caller(actor, origin); }).code() == Code::kInvalidValue;
  };
  CHECK(refused("", "api"));
  CHECK(refused("a\x1b[31m", "api"));
  CHECK(refused(std::string(101, 'a'), "api"));
  CHECK(refused("ana", ""));
  CHECK(refused("ana", "CLI"));
  CHECK(refused("ana", std::string(21, 'a')));
}

TEST_CASE("a key is visible ASCII of a reasonable length") {
  wire::check_idempotency_key(std::string(255, 'k'));
  for (const std::string& key :
       {std::string(), std::string(256, 'k'), std::string("a b"), std::string("ä")}) {
    CHECK(error_of([&] { wire::check_idempotency_key(key); }).code() == Code::kInvalidValue);
  }
  CHECK(error_of([] { wire::check_idempotency_key("a \x1b[31m"); }).message() ==
        "Idempotency-Key: 'a \\x1b[31m' is no idempotency key");
  CHECK(error_of([] { wire::check_idempotency_key("a b", "--key"); }).message() ==
        "--key: 'a b' is no idempotency key");
}

}  // namespace
}  // namespace taskman::test
