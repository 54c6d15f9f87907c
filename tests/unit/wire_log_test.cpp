// The log: what changes tell, and that filters can be answered before and after each.

#include "common/wire/json.hpp"
#include "support/catch.hpp"
#include "unit/wire_samples.hpp"

namespace taskman::test {
namespace {

using model::ChangeType;

model::LogEntry entry_of(const std::vector<model::Change>& changes) {
  return {{17, 3},
          instant_at(kNoon),
          "ana",
          "cli",
          wire::encode_changes(changes),
          wire::encode_subjects(changes)};
}

model::Task without_body(model::Task task) {
  task.body.clear();
  return task;
}

TEST_CASE("wire: an update tells changed fields only, sorted, without version and time") {
  const auto before = full_task();
  auto after = before;
  after.status = model::Status::kReview;
  after.assignee.reset();
  after.version = 10;
  after.updated_at += std::chrono::seconds(1);
  const auto change = wire::task_change(ChangeType::kTaskUpdated, &before, &after);
  CHECK(change.set == R"({"assignee":null,"status":"review"})");
  CHECK(change.was == R"({"assignee":"ana","status":"in_progress"})");
  CHECK(change.version == 10);
  CHECK(std::get<std::int64_t>(change.id) == 42);
}

TEST_CASE("wire: a creation has an empty was, a deletion an empty set") {
  const auto task = full_task();
  const auto created = wire::task_change(ChangeType::kTaskCreated, nullptr, &task);
  CHECK(created.was == "{}");
  CHECK(created.set.starts_with(
      R"({"assignee":"ana","blocked_by":[1,2],"blocked_reason":"waits","body":)"));
  const auto deleted = wire::task_change(ChangeType::kTaskDeleted, &task, nullptr);
  CHECK(deleted.set == "{}");
  CHECK(deleted.was == created.set);
  CHECK(deleted.version == 9);
}

TEST_CASE("wire: subjects are the task before and after, exactly") {
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    Samples samples(seed);
    const auto before = samples.task();
    auto after = samples.task();
    after.id = before.id;
    const auto subjects = wire::decode_subjects(entry_of({
        wire::task_change(ChangeType::kTaskUpdated, &before, &after),
        wire::task_change(ChangeType::kTaskCreated, nullptr, &after),
        wire::task_change(ChangeType::kTaskDeleted, &before, nullptr),
        wire::progress_change({1}, {}, {}),
    }));
    REQUIRE(subjects.size() == 4);
    REQUIRE(subjects[0].before == without_body(before));
    REQUIRE(subjects[0].after == without_body(after));
    REQUIRE_FALSE(subjects[1].before);
    REQUIRE(subjects[1].after == without_body(after));
    REQUIRE(subjects[2].before == without_body(before));
    REQUIRE_FALSE(subjects[2].after);
    REQUIRE_FALSE(subjects[3].before);
    REQUIRE_FALSE(subjects[3].after);
  }
}

TEST_CASE("wire: readiness has a subject before and after, a comment leaves the task as it is") {
  auto task = without_body(full_task());
  const auto subjects = wire::decode_subjects(
      entry_of({wire::readiness_change(task), wire::comment_change(full_comment(), task)}));
  CHECK(subjects[0].before->ready);
  CHECK_FALSE(subjects[0].after->ready);
  CHECK(subjects[1].before == task);
  CHECK(subjects[1].after == task);
}

TEST_CASE("wire: references of an entry are types and ids in order") {
  const auto task = full_task();
  const auto project = full_project();
  const auto refs = wire::decode_change_refs(entry_of({
      wire::project_change(ChangeType::kProjectCreated, nullptr, &project),
      wire::task_change(ChangeType::kTaskCreated, nullptr, &task),
  }));
  REQUIRE(refs.size() == 2);
  CHECK(refs[0].type == ChangeType::kProjectCreated);
  CHECK(std::get<std::string>(refs[0].id) == "web");
  CHECK(refs[1].type == ChangeType::kTaskCreated);
  CHECK(std::get<std::int64_t>(refs[1].id) == 42);
}

TEST_CASE("wire: a frame is read back as it was written") {
  const auto before = full_task();
  auto after = before;
  after.title = "a \"new\" title";
  const auto frame = wire::decode_frame(wire::encode_frame(
      entry_of({wire::task_change(ChangeType::kTaskUpdated, &before, &after)}), 15));
  CHECK(frame.cursor == model::Cursor{17, 3});
  CHECK(frame.prev == 15);
  CHECK(frame.at == instant_at(kNoon));
  CHECK(frame.actor == "ana");
  CHECK(frame.origin == "cli");
  REQUIRE(frame.changes.size() == 1);
  CHECK(frame.changes[0].version == 9);
  CHECK(frame.changes[0].set == wire::Members{{"title", R"("a \"new\" title")"}});
}

TEST_CASE("wire: a reader passes over changes of a newer program") {
  const auto* const json =
      R"({"rev":2,"prev":1,"cursor":"2-0000000000000003","at":"2026-11-23T10:00:00.000Z",)"
      R"("actor":"a","origin":"o","extra":1,"changes":[{"type":"moon.landed","id":1},)"
      R"({"type":"task.updated","id":1,"set":{},"was":{}}]})";
  const auto frame = wire::decode_frame(json);
  REQUIRE(frame.changes.size() == 1);
  CHECK(frame.changes[0].type == ChangeType::kTaskUpdated);
}

TEST_CASE("wire: ratios count neither what was dropped nor what is not there") {
  model::Progress progress;
  CHECK_THAT(wire::encode(progress), EndsWith(R"("done_ratio":{"tasks":null,"points":null}})"));
  progress.tasks = {6, 0, 0, 0, 4, 90};
  CHECK_THAT(wire::encode(progress), EndsWith(R"("done_ratio":{"tasks":0.4,"points":null}})"));
  progress.tasks = {2, 0, 0, 0, 1, 0};
  progress.points = {1, 0, 0, 0, 99'999, 0};
  CHECK_THAT(wire::encode(progress), EndsWith(R"("done_ratio":{"tasks":0.3333,"points":0.9999}})"));
  progress.tasks = {0, 0, 0, 0, 3, 1};
  progress.points = {1, 0, 0, 0, 0, 0};
  CHECK_THAT(wire::encode(progress), EndsWith(R"("done_ratio":{"tasks":1,"points":0}})"));
}

}  // namespace
}  // namespace taskman::test
