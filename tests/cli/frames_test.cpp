// What of a frame a person is shown: a transaction may have changed far more than is watched.

#include <variant>
#include <vector>

#include "cli/commands/frames.hpp"
#include "cli/render/change_text.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

/// Tasks 1 to 7 by what the frame tells of their sprint, and two sprints.
const std::string kFrame =
    R"({"rev":9,"prev":8,"cursor":"9-00000000000000aa","at":"2026-11-23T10:00:00.000Z","actor":"ana","origin":"cli","changes":[)"
    R"({"type":"task.created","id":1,"version":1,"set":{"sprint":3,"title":"a"},"was":{}},)"
    R"({"type":"task.created","id":2,"version":1,"set":{"sprint":4,"title":"b"},"was":{}},)"
    R"({"type":"task.created","id":3,"version":1,"set":{"title":"c"},"was":{}},)"
    R"({"type":"task.updated","id":4,"version":2,"set":{"sprint":null},"was":{"sprint":3}},)"
    R"({"type":"task.updated","id":5,"version":2,"set":{"sprint":4},"was":{"sprint":null}},)"
    R"({"type":"task.updated","id":6,"version":2,"set":{"status":"done"},"was":{"status":"todo"}},)"
    R"({"type":"task.deleted","id":7,"version":2,"set":{},"was":{"sprint":4,"title":"g"}},)"
    R"({"type":"sprint.updated","id":3,"version":2,"set":{"goal":"x"},"was":{"goal":""}},)"
    R"({"type":"sprint.updated","id":4,"version":2,"set":{"goal":"x"},"was":{"goal":""}}]})";

std::vector<std::int64_t> shown(const cli::Scope& scope) {
  std::vector<std::int64_t> ids;
  for (const auto& item : cli::about(wire::decode_frame(kFrame), scope).changes)
    ids.push_back(std::get<std::int64_t>(item.id));
  return ids;
}

using Ids = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("without a scope a frame is shown whole") {
  CHECK(shown({}) == Ids{1, 2, 3, 4, 5, 6, 7, 3, 4});
}

TEST_CASE("of tasks only their own changes are shown, not those of a sprint with their number") {
  CHECK(shown({.tasks = {model::TaskId{3}, model::TaskId{6}}}) == Ids{3, 6});
}

TEST_CASE("of a sprint all is shown but what surely lies elsewhere") {
  CHECK(shown({.sprint = model::SprintId{3}}) == Ids{1, 4, 6, 3});
}

TEST_CASE("a comment that somebody else brings back or takes is told with who wrote it") {
  const auto frame = wire::decode_frame(
      R"({"rev":9,"prev":8,"cursor":"9-00000000000000aa","at":"2026-11-23T10:00:00.000Z","actor":"bob","origin":"cli","changes":[)"
      R"({"type":"task.commented","id":1,"version":1,"set":{"comment":{"id":1,"task":1,"author":"ana","text":"hm","at":"2026-11-23T09:00:00.000Z"}},"was":{}},)"
      R"({"type":"task.commented","id":1,"version":1,"set":{"comment":{"id":2,"task":1,"author":"bob","text":"yes","at":"2026-11-23T10:00:00.000Z"}},"was":{}},)"
      R"({"type":"task.uncommented","id":1,"version":1,"set":{},"was":{"comment":{"id":3,"task":1,"author":"ana","text":"no","at":"2026-11-23T09:00:00.000Z"}}}]})");
  const auto lines =
      render::describe(frame, {.task = [](model::TaskId) { return std::string("a"); },
                               .sprint = [](model::SprintId) { return std::string(); }});
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].text == "comment of ana: hm");
  CHECK(lines[1].text == "comment: yes");
  CHECK(lines[2].text == "took back comment of ana: no");
}

TEST_CASE("a lease is told by its holder and its end") {
  const auto frame = wire::decode_frame(
      R"({"rev":9,"prev":8,"cursor":"9-00000000000000aa","at":"2026-11-23T10:00:00.000Z","actor":"ana","origin":"cli","changes":[)"
      R"({"type":"task.updated","id":1,"version":2,"set":{"lease":{"holder":"ana","until":"2026-11-23T12:30:05.000Z","token":9}},"was":{"lease":null}},)"
      R"({"type":"task.updated","id":1,"version":3,"set":{"lease":{"holder":"ana","until":"2026-11-23T12:30:09.000Z","token":9}},"was":{"lease":{"holder":"ana","until":"2026-11-23T12:30:05.000Z","token":9}}},)"
      R"({"type":"task.updated","id":1,"version":4,"set":{"lease":{"holder":"bob","until":"2026-11-24T00:05:00.000Z","token":10}},"was":{"lease":{"holder":"ana","until":"2026-11-23T12:30:09.000Z","token":9}}},)"
      R"({"type":"task.updated","id":1,"version":5,"set":{"lease":null},"was":{"lease":{"holder":"bob","until":"2026-11-24T00:05:00.000Z","token":10}}}]})");
  const time::UtcZone zone;
  const auto lines =
      render::describe(frame, {.task = [](model::TaskId) { return std::string("a"); },
                               .sprint = [](model::SprintId) { return std::string(); },
                               .zone = &zone});
  REQUIRE(lines.size() == 4);
  CHECK(lines[0].text == "lease ana until 12:30");
  CHECK(lines[1].text == "lease ana until 12:30");
  CHECK(lines[2].text == "lease ana until 12:30 → bob until 2026-11-24 00:05");
  CHECK(lines[3].text == "lease bob until 2026-11-24 00:05 → none");
}

}  // namespace taskman::test
