// One text per kind of thing on the wire, byte for byte. A change here is a change of the public
// format: TASKMAN_ACCEPT_GOLDEN=1 writes the files anew.

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "common/wire/import.hpp"
#include "common/wire/json.hpp"
#include "common/wire/undo.hpp"
#include "support/build_paths.hpp"
#include "support/catch.hpp"
#include "unit/wire_samples.hpp"

namespace taskman::test {
namespace {

void check_golden(const std::string& name, const std::string& json) {
  const auto path = std::string(kSourceDir) + "/tests/unit/golden/" + name + ".json";
  if (std::getenv("TASKMAN_ACCEPT_GOLDEN") != nullptr) std::ofstream(path) << json << '\n';
  std::ifstream file(path);
  std::ostringstream golden;
  golden << file.rdbuf();
  CHECK(json + '\n' == golden.str());
}

model::LogEntry entry_of(const std::vector<model::Change>& changes) {
  return {{17, 0x09ad},
          instant_at(kNoon),
          "ana",
          "cli",
          wire::encode_changes(changes),
          wire::encode_subjects(changes)};
}

TEST_CASE("wire: entities have their golden texts") {
  check_golden("task", wire::encode(full_task()));
  check_golden("task_bare", wire::encode(model::Task{}));
  check_golden("sprint", wire::encode(full_sprint()));
  check_golden("sprint_bare", wire::encode(model::Sprint{}));
  check_golden("progress", wire::encode(some_progress()));
  check_golden("progress_empty", wire::encode(model::Progress{}));
  check_golden("project", wire::encode(full_project()));
  check_golden("comment", wire::encode(full_comment()));
}

TEST_CASE("wire: a frame has its golden text") {
  const auto before = full_task();
  auto after = before;
  after.status = model::Status::kDone;
  after.lease.reset();
  after.version = 10;
  after.updated_at = instant_at(kNoon + 5);
  after.closed_at = after.updated_at;
  auto progress = some_progress();
  ++progress.tasks[0];
  const std::vector changes{
      wire::task_change(model::ChangeType::kTaskUpdated, &before, &after),
      wire::progress_change({3}, some_progress(), progress),
      wire::readiness_change(after),
      wire::comment_change(full_comment(), after),
  };
  check_golden("frame", wire::encode_frame(entry_of(changes), 16));
  check_golden("subjects", entry_of(changes).subjects);
}

TEST_CASE("wire: changes of sprints and projects have their golden text") {
  const auto project = full_project();
  auto renamed = project;
  renamed.name = "Web";
  const auto sprint = full_sprint();
  check_golden("changes",
               wire::encode_changes({
                   wire::project_change(model::ChangeType::kProjectUpdated, &project, &renamed),
                   wire::sprint_change(model::ChangeType::kSprintDeleted, &sprint, nullptr),
                   wire::project_change(model::ChangeType::kProjectCreated, nullptr, &project),
               }));
}

TEST_CASE("wire: a deletion and a comment that is taken back have their golden text") {
  const auto task = full_task();
  check_golden("changes_gone", wire::encode_changes({
                                   wire::deletion_change(task, {}),
                                   wire::deletion_change(task, {full_comment()}),
                                   wire::uncomment_change(full_comment(), task),
                               }));
}

TEST_CASE("wire: what an undo did and what can be undone have their golden texts") {
  wire::UndoReport report{.verb = "undo",
                          .rev = 18,
                          .of = 17,
                          .original = 17,
                          .at = instant_at(kNoon),
                          .what = "done 42  Fix login",
                          .changes = std::nullopt};
  check_golden("undo", wire::encode(report));
  report.rev.reset();
  report.changes =
      R"([{"type":"task.readiness","id":42,"set":{"ready":true},"was":{"ready":false}}])";
  const auto json = wire::encode(report);
  check_golden("undo_dry", json);
  CHECK(wire::encode(wire::decode_undo_report(json)) == json);
  const wire::UndoItem item{.rev = 17,
                            .at = instant_at(kNoon),
                            .actor = "ana",
                            .what = "done 42  Fix login",
                            .state = "undone",
                            .undone_by = 18,
                            .undoable = false,
                            .reason = "taken back by revision 18"};
  check_golden("undo_item", wire::encode(item));
  CHECK(wire::encode(wire::decode_undo_item(wire::encode(item))) == wire::encode(item));
}

TEST_CASE("wire: envelopes and failures have their golden texts") {
  check_golden("envelope", wire::encode(wire::Envelope{
                               .kind = "task.list",
                               .data = "[]",
                               .page = wire::PageInfo{.returned = 0, .total = 9, .next = "x"},
                               .cursor = model::Cursor{17, 0x09ad},
                               .filter = "is:open",
                               .notices = {"already done: 42"}}));
  check_golden("envelope_bare", wire::encode(wire::Envelope{.kind = "health", .data = "{}"}));
  const error::Error failure(error::Code::kInvalidValue, "points: 1.5 is not an integer",
                             "use 1 or 2", {{"points", "1.5 is not an integer"}});
  check_golden("error", wire::encode_error(failure));
  check_golden("problem", wire::encode_problem(failure, "urn:request:7"));
}

TEST_CASE("wire: export lines and the import report have their golden texts") {
  check_golden("export_task", wire::encode_export(full_task()));
  check_golden("export_comment", wire::encode_export(full_comment()));
  check_golden(
      "import_report",
      wire::encode(wire::ImportReport{
          .created = 1,
          .invalid = 1,
          .results = {
              {1, "task", wire::ImportOutcome::kCreated, std::int64_t{42}, std::nullopt},
              {2, "", wire::ImportOutcome::kInvalid, std::nullopt, "task: title is missing"}}}));
}

}  // namespace
}  // namespace taskman::test
