#include <chrono>

#include "store/bed.hpp"

namespace taskman::test {
namespace {

using model::Status;
using model::Task;
using model::TaskId;

Bed any_backend() { return Bed(GENERATE(from_range(backends()))); }

/// Every field has a value.
Task full_task(Bed& bed) {
  Task task;
  task.title = "Fix login \xF0\x9F\x98\x80";
  task.body = std::string("line one\nline two with a quote ' and a nul \0 inside", 49);
  task.status = Status::kReview;
  task.priority = model::Priority::kP0;
  task.project = "web";
  task.parent = bed.add("parent");
  task.assignee = "ana";
  task.labels = {"api", "b'c", "z"};
  task.points = 8;
  task.due = bed.clock.now() + std::chrono::hours(5);
  task.blocked_by = {bed.add("first blocker"), bed.add("second blocker")};
  task.blocked_reason = "waits for them";
  task.external_id = "github:owner/repo#12";
  task.lease =
      model::Lease{.holder = "bob", .until = bed.clock.now() + std::chrono::minutes(3), .token = 5};
  task.ready = false;
  task.version = 4;
  task.created_at = bed.clock.now() - std::chrono::hours(2);
  task.updated_at = bed.clock.now();
  task.started_at = bed.clock.now() - std::chrono::hours(1);
  task.closed_at = bed.clock.now();
  return task;
}

void add_surroundings(Bed& bed, Task& task) {
  bed.store->write([&](store::WriteTx& tx) {
    tx.insert_project({.key = "web",
                       .name = "Web",
                       .created_at = bed.clock.now(),
                       .updated_at = bed.clock.now()});
    model::Sprint sprint;
    sprint.name = "One";
    task.sprint = tx.insert_sprint(sprint);
  });
}

TEST_CASE("a task comes back as it was stored") {
  Bed bed = any_backend();
  Task task = full_task(bed);
  add_surroundings(bed, task);
  bed.store->write([&](store::WriteTx& tx) { task.id = tx.insert_task(task); });
  CHECK(bed.find(task.id) == task);
  bed.reopen();
  CHECK(bed.find(task.id) == task);
  bed.store->read([&](store::ReadTx& tx) {
    CHECK(tx.find_task_by_external_id("github:owner/repo#12") == task);
    CHECK_FALSE(tx.find_task_by_external_id("github:owner/repo#13"));
    CHECK(tx.children_of(*task.parent) == std::vector<TaskId>{task.id});
    CHECK(tx.blockers_of(task.id) == task.blocked_by);
    CHECK(tx.dependents_of(task.blocked_by[0]) == std::vector<TaskId>{task.id});
  });
}

TEST_CASE("an empty task comes back as it was stored") {
  Bed bed = any_backend();
  Task task;
  task.title = "x";
  task.id = bed.add(task);
  task.created_at = task.updated_at = bed.clock.now();
  CHECK(bed.find(task.id) == task);
}

TEST_CASE("every field of a task can be changed and cleared") {
  Bed bed = any_backend();
  Task full = full_task(bed);
  add_surroundings(bed, full);
  Task bare;
  bare.title = "bare";
  full.id = bare.id = bed.add(bare);
  bed.store->write([&](store::WriteTx& tx) { tx.update_task(full); });
  CHECK(bed.find(full.id) == full);
  bed.store->write([&](store::WriteTx& tx) { tx.update_task(bare); });
  CHECK(bed.find(full.id) == bare);
  bed.store->read([&](store::ReadTx& tx) {
    CHECK(tx.labels().empty());
    CHECK(tx.blockers_of(full.id).empty());
  });
}

TEST_CASE("an unknown task is absent, and changing it is an error that names it") {
  Bed bed = any_backend();
  bed.store->read([](store::ReadTx& tx) {
    CHECK_FALSE(tx.find_task({99}));
    CHECK_FALSE(tx.was_deleted({99}));
    CHECK_FALSE(tx.was_deleted({0}));
    CHECK_FALSE(tx.was_deleted({-1}));
  });
  Task task;
  task.id = {99};
  const auto failure =
      error_of([&] { bed.store->write([&](store::WriteTx& tx) { tx.update_task(task); }); });
  CHECK(failure.code() == error::Code::kNotFound);
  CHECK(failure.message() == "there is no task 99");
  CHECK(error_of([&] {
          bed.store->write([](store::WriteTx& tx) { tx.delete_task({99}); });
        }).code() == error::Code::kNotFound);
}

TEST_CASE("ids are never used again") {
  Bed bed = any_backend();
  const TaskId first = bed.add("first");
  const TaskId second = bed.add("second");
  CHECK(first.value == 1);
  CHECK(second.value == 2);
  bed.store->write([&](store::WriteTx& tx) { tx.delete_task(second); });
  bed.store->read([&](store::ReadTx& tx) {
    CHECK(tx.was_deleted(second));
    CHECK_FALSE(tx.was_deleted(first));
  });
  bed.reopen();
  CHECK(bed.add("third").value == 3);
  model::Sprint sprint;
  sprint.name = "s";
  bed.store->write([&](store::WriteTx& tx) { tx.delete_sprint(tx.insert_sprint(sprint)); });
  bed.store->write([&](store::WriteTx& tx) { CHECK(tx.insert_sprint(sprint).value == 2); });
}

TEST_CASE("an external id is unique, and the error names its holder") {
  Bed bed = any_backend();
  Task task;
  task.title = "x";
  task.external_id = "taskwarrior:1";
  const TaskId holder = bed.add(task);
  const auto failure = error_of([&] { bed.add(task); });
  CHECK(failure.code() == error::Code::kConflict);
  CHECK_THAT(failure.message(),
             ContainsSubstring("belongs to task " + std::to_string(holder.value)));
  bed.edit(holder, [](Task& changed) { changed.external_id.reset(); });
  CHECK_NOTHROW(bed.add(task));
}

TEST_CASE("references must exist") {
  Bed bed = any_backend();
  Task task;
  task.title = "x";
  SECTION("project") { task.project = "nope"; }
  SECTION("sprint") { task.sprint = model::SprintId{7}; }
  SECTION("parent") { task.parent = TaskId{7}; }
  SECTION("blocker") { task.blocked_by = {TaskId{7}}; }
  CHECK(error_of([&] { bed.add(task); }).code() == error::Code::kConflict);
  CHECK(bed.log().empty());
}

TEST_CASE("labels are counted by name and follow their tasks") {
  Bed bed = any_backend();
  Task task;
  task.title = "x";
  task.labels = {"api", "ui"};
  const TaskId first = bed.add(task);
  task.labels = {"api"};
  bed.add(task);
  const auto labels = [&] {
    std::vector<std::pair<std::string, std::int64_t>> found;
    bed.store->read([&](store::ReadTx& tx) { found = tx.labels(); });
    return found;
  };
  using Counts = std::vector<std::pair<std::string, std::int64_t>>;
  CHECK(labels() == Counts{{"api", 2}, {"ui", 1}});
  bed.edit(first, [](Task& changed) { changed.labels = {"db", "ui"}; });
  CHECK(labels() == Counts{{"api", 1}, {"db", 1}, {"ui", 1}});
  bed.store->write([&](store::WriteTx& tx) { tx.delete_task(first); });
  CHECK(labels() == Counts{{"api", 1}});
  task.labels = {"two\nlines"};
  CHECK(error_of([&] { bed.add(task); }).code() == error::Code::kInvalidValue);
}

TEST_CASE("assignees are counted by name") {
  Bed bed = any_backend();
  Task task;
  task.title = "x";
  for (const char* name : {"bob", "ana", "bob"}) {
    task.assignee = name;
    bed.add(task);
  }
  bed.store->read([](store::ReadTx& tx) {
    CHECK(tx.assignees() ==
          std::vector<std::pair<std::string, std::int64_t>>{{"ana", 1}, {"bob", 2}});
  });
}

TEST_CASE("comments keep their order and go with their task") {
  Bed bed = any_backend();
  const TaskId id = bed.add("x");
  const model::Comment first{.task = id, .author = "ana", .text = "one", .at = bed.clock.now()};
  const model::Comment second{.task = id, .author = "bob", .text = "two", .at = bed.clock.now()};
  model::CommentId last;
  bed.store->write([&](store::WriteTx& tx) {
    tx.insert_comment(first);
    last = tx.insert_comment(second);
  });
  bed.store->read([&](store::ReadTx& tx) {
    const auto comments = tx.comments_of(id);
    REQUIRE(comments.size() == 2);
    CHECK(comments[0].text == "one");
    CHECK(comments[1] == model::Comment{last, id, "bob", "two", bed.clock.now()});
  });
  bed.store->write([&](store::WriteTx& tx) { tx.delete_task(id); });
  bed.store->read([&](store::ReadTx& tx) { CHECK(tx.comments_of(id).empty()); });
  const auto failure =
      error_of([&] { bed.store->write([&](store::WriteTx& tx) { tx.insert_comment(first); }); });
  CHECK(failure.code() == error::Code::kNotFound);
}

TEST_CASE("a deleted task leaves children without a parent and dependents without a blocker") {
  Bed bed = any_backend();
  const TaskId gone = bed.add("gone");
  Task child;
  child.title = "child";
  child.parent = gone;
  const TaskId child_id = bed.add(child);
  Task waiting;
  waiting.title = "waiting";
  waiting.blocked_by = {gone};
  const TaskId waiting_id = bed.add(waiting);
  CHECK_FALSE(bed.find(waiting_id).ready);
  bed.store->write([&](store::WriteTx& tx) { tx.delete_task(gone); });
  CHECK_FALSE(bed.find(child_id).parent);
  CHECK(bed.find(waiting_id).blocked_by.empty());
  CHECK(bed.find(waiting_id).ready);
}

TEST_CASE("ready is open, not blocked by hand, and every blocker closed") {
  Bed bed = any_backend();
  const TaskId a = bed.add("a");
  const TaskId b = bed.add("b");
  Task task;
  task.title = "waits";
  task.blocked_by = {a, b};
  const TaskId id = bed.add(task);
  const auto set_status = [&](TaskId which, Status status) {
    bed.edit(which, [&](Task& changed) { changed.status = status; });
  };
  CHECK_FALSE(bed.find(id).ready);
  set_status(a, Status::kDone);
  CHECK_FALSE(bed.find(id).ready);
  set_status(b, Status::kDropped);
  CHECK(bed.find(id).ready);
  set_status(a, Status::kInProgress);
  CHECK_FALSE(bed.find(id).ready);
  set_status(a, Status::kReview);
  set_status(a, Status::kDone);
  CHECK(bed.find(id).ready);
  set_status(id, Status::kBlocked);
  CHECK_FALSE(bed.find(id).ready);
  set_status(id, Status::kDone);
  CHECK_FALSE(bed.find(id).ready);
  set_status(id, Status::kTodo);
  CHECK(bed.find(id).ready);
  set_status(a, Status::kTodo);
  bed.edit(id, [&](Task& changed) { changed.blocked_by = {b}; });
  CHECK(bed.find(id).ready);
  bed.edit(id, [&](Task& changed) { changed.blocked_by = {a}; });
  CHECK_FALSE(bed.find(id).ready);
}

TEST_CASE("a transaction sees what it wrote") {
  Bed bed = any_backend();
  const TaskId blocker = bed.add("blocker");
  bed.store->write([&](store::WriteTx& tx) {
    Task task;
    task.title = "new";
    task.blocked_by = {blocker};
    task.id = tx.insert_task(task);
    CHECK(tx.find_task(task.id)->title == "new");
    CHECK_FALSE(tx.find_task(task.id)->ready);
    Task done = *tx.find_task(blocker);
    done.status = Status::kDone;
    tx.update_task(done);
    CHECK(tx.find_task(task.id)->ready);
    tx.delete_task(task.id);
    CHECK_FALSE(tx.find_task(task.id));
  });
}

TEST_CASE("the next lease to end, and those that ended") {
  Bed bed = any_backend();
  const auto end_of = [&](TaskId id, std::optional<std::chrono::minutes> left) {
    bed.edit(id, [&](Task& task) {
      task.lease.reset();
      if (left) task.lease = model::Lease{.holder = "ana", .until = bed.clock.now() + *left};
    });
  };
  const auto next = [&] {
    std::optional<util::Instant> end;
    bed.store->read([&](store::ReadTx& tx) { end = tx.next_lease_end(); });
    return end;
  };
  const auto ended_by = [&](std::chrono::minutes later) {
    std::vector<TaskId> ids;
    bed.store->read([&](store::ReadTx& tx) { ids = tx.leases_ended(bed.clock.now() + later); });
    return ids;
  };
  const TaskId first = bed.add("first");
  const TaskId second = bed.add("second");
  CHECK_FALSE(next());
  end_of(second, std::chrono::minutes{1});
  end_of(first, std::chrono::minutes{2});
  CHECK(next() == bed.clock.now() + std::chrono::minutes{1});
  CHECK(ended_by(std::chrono::minutes{0}).empty());
  CHECK(ended_by(std::chrono::minutes{1}) == std::vector<TaskId>{second});
  CHECK(ended_by(std::chrono::minutes{2}) == std::vector<TaskId>{first, second});
  end_of(second, std::nullopt);
  CHECK(next() == bed.clock.now() + std::chrono::minutes{2});
}

}  // namespace
}  // namespace taskman::test
