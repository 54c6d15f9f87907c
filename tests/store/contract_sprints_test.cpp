#include <chrono>

#include "store/bed.hpp"

namespace taskman::test {
namespace {

using model::Project;
using model::Sprint;
using namespace std::chrono_literals;

Bed any_backend() { return Bed(GENERATE(from_range(backends()))); }

Sprint full_sprint(const Bed& bed) {
  Sprint sprint;
  sprint.name = "Sprint 7";
  sprint.project = "web";
  sprint.goal = "ship it";
  sprint.start = util::Date{2026y / 11 / 23};
  sprint.end = util::Date{2026y / 12 / 4};
  sprint.tz = "Europe/Berlin";
  sprint.capacity = 30;
  sprint.state = model::SprintState::kClosed;
  sprint.version = 3;
  sprint.created_at = bed.clock.now() - 48h;
  sprint.updated_at = bed.clock.now();
  sprint.started_at = bed.clock.now() - 24h;
  sprint.closed_at = bed.clock.now();
  sprint.committed = {{.task = {1}, .points = 3, .status = model::Status::kTodo},
                      {.task = {7}, .points = std::nullopt, .status = model::Status::kReview}};
  model::SprintReport report;
  report.progress.tasks = {1, 2, 3, 4, 5, 6};
  report.progress.points = {7, 8, 9, 10, 11, 12};
  report.progress.unestimated = 13;
  report.completed = {{1}, {5}};
  report.carried = {{7}};
  report.added = {{5}};
  report.carried_to = "Sprint 8";
  sprint.report = report;
  return sprint;
}

void add_project(Bed& bed) {
  bed.store->write([&](store::WriteTx& tx) {
    tx.insert_project({.key = "web",
                       .name = "Web",
                       .created_at = bed.clock.now(),
                       .updated_at = bed.clock.now()});
  });
}

TEST_CASE("a sprint comes back as it was stored") {
  Bed bed = any_backend();
  add_project(bed);
  Sprint full = full_sprint(bed);
  Sprint bare;
  bare.name = "bare";
  bed.store->write([&](store::WriteTx& tx) {
    full.id = tx.insert_sprint(full);
    bare.id = tx.insert_sprint(bare);
  });
  bed.reopen();
  bed.store->read([&](store::ReadTx& tx) {
    CHECK(tx.find_sprint(full.id) == full);
    CHECK(tx.find_sprint(bare.id) == bare);
    CHECK_FALSE(tx.find_sprint({99}));
    CHECK(tx.sprints() == std::vector<Sprint>{full, bare});
  });
  std::swap(full.id, bare.id);
  bed.store->write([&](store::WriteTx& tx) {
    tx.update_sprint(full);
    tx.update_sprint(bare);
  });
  bed.store->read([&](store::ReadTx& tx) {
    CHECK(tx.find_sprint(full.id) == full);
    CHECK(tx.find_sprint(bare.id) == bare);
  });
}

TEST_CASE("sprints are listed by start, those without one last") {
  Bed bed = any_backend();
  bed.store->write([](store::WriteTx& tx) {
    Sprint sprint;
    for (const auto& [name, start] : std::vector<std::pair<std::string, std::optional<util::Date>>>{
             {"none", std::nullopt},
             {"late", 2026y / 5 / 1},
             {"early", 1969y / 12 / 31},
             {"late too", 2026y / 5 / 1}}) {
      sprint.name = name;
      sprint.start = start;
      tx.insert_sprint(sprint);
    }
  });
  bed.store->read([](store::ReadTx& tx) {
    std::vector<std::string> names;
    for (const Sprint& sprint : tx.sprints()) names.push_back(sprint.name);
    CHECK(names == std::vector<std::string>{"early", "late", "late too", "none"});
    CHECK(tx.sprints()[0].start == util::Date{1969y / 12 / 31});
  });
}

TEST_CASE("progress is kept per sprint and zero before it was saved") {
  Bed bed = any_backend();
  model::SprintId id;
  bed.store->write([&](store::WriteTx& tx) {
    Sprint sprint;
    sprint.name = "s";
    id = tx.insert_sprint(sprint);
    CHECK(tx.progress_of(id) == model::Progress{});
  });
  model::Progress progress;
  for (const std::int64_t round : {5, 0}) {
    progress.tasks = {round, 2, 0, 0, 1, 0};
    progress.points[4] = 8;
    progress.unestimated = round + 1;
    bed.store->write([&](store::WriteTx& tx) { tx.save_progress(id, progress); });
    bed.store->read([&](store::ReadTx& tx) { CHECK(tx.progress_of(id) == progress); });
  }
  bed.store->write([&](store::WriteTx& tx) { tx.delete_sprint(id); });
  bed.store->read([&](store::ReadTx& tx) {
    CHECK_FALSE(tx.find_sprint(id));
    CHECK(tx.progress_of(id) == model::Progress{});
  });
}

TEST_CASE("what tasks are in cannot be deleted under them") {
  Bed bed = any_backend();
  add_project(bed);
  model::SprintId sprint_id;
  bed.store->write([&](store::WriteTx& tx) {
    Sprint sprint;
    sprint.name = "s";
    sprint_id = tx.insert_sprint(sprint);
    model::Task task;
    task.title = "x";
    task.sprint = sprint_id;
    task.project = "web";
    tx.insert_task(task);
  });
  CHECK(error_of([&] {
          bed.store->write([&](store::WriteTx& tx) { tx.delete_sprint(sprint_id); });
        }).code() == error::Code::kConflict);
  CHECK(error_of([&] {
          bed.store->write([](store::WriteTx& tx) { tx.delete_project("web"); });
        }).message() == "project 'web' still has tasks or sprints");
  bed.store->read([&](store::ReadTx& tx) {
    CHECK(tx.find_sprint(sprint_id));
    CHECK(tx.find_project("web"));
  });
}

TEST_CASE("projects come back as they were stored, by key") {
  Bed bed = any_backend();
  const Project web{"web", "Web", "the site", 2, bed.clock.now(), bed.clock.now() + 1s};
  const Project api{"api", "API", "", 1, bed.clock.now(), bed.clock.now()};
  bed.store->write([&](store::WriteTx& tx) {
    tx.insert_project(web);
    tx.insert_project(api);
  });
  bed.store->read([&](store::ReadTx& tx) {
    CHECK(tx.projects() == std::vector<Project>{api, web});
    CHECK(tx.find_project("web") == web);
    CHECK_FALSE(tx.find_project("Web"));
  });
  CHECK(error_of([&] {
          bed.store->write([&](store::WriteTx& tx) { tx.insert_project(web); });
        }).code() == error::Code::kConflict);
  Project changed = web;
  changed.name = "Site";
  bed.store->write([&](store::WriteTx& tx) {
    tx.update_project(changed);
    tx.delete_project("api");
  });
  bed.store->read(
      [&](store::ReadTx& tx) { CHECK(tx.projects() == std::vector<Project>{changed}); });
  CHECK(error_of([&] {
          bed.store->write([&](store::WriteTx& tx) { tx.update_project(api); });
        }).code() == error::Code::kNotFound);
}

}  // namespace
}  // namespace taskman::test
