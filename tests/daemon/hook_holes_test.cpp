// A log that was pruned before a hook had read it: said, and gone on from there.

#include <thread>

#include "common/time/zone.hpp"
#include "common/wire/log.hpp"
#include "daemon/hooks/deliverer.hpp"
#include "daemon/store/open.hpp"
#include "support/catch.hpp"
#include "support/manual_clock.hpp"
#include "support/process.hpp"
#include "support/temp_dir.hpp"

namespace taskman::test {
namespace {

void commit_tasks(store::Store& store, util::Instant now, int count) {
  for (int i = 0; i < count; ++i) {
    store.write([now](store::WriteTx& tx) {
      model::Task task;
      task.title = "t";
      task.created_at = task.updated_at = now;
      task.id = tx.insert_task(task);
      model::Changeset changeset{.at = now, .actor = "ana", .origin = "test"};
      changeset.changes.push_back(
          wire::task_change(model::ChangeType::kTaskCreated, nullptr, &task));
      tx.append(changeset);
    });
  }
}

/// Until it has nothing to deliver.
void await_rest(const hooks::Deliverer& deliverer) {
  const auto until = std::chrono::steady_clock::now() + kPatience;
  for (auto figures = deliverer.figures(); figures.hooks == 0 || figures.behind > 0;
       figures = deliverer.figures()) {
    REQUIRE(std::chrono::steady_clock::now() < until);
    std::this_thread::yield();
  }
}

TEST_CASE("what the log forgot before it was delivered is a dead letter without a frame") {
  const TempDir folder;
  const ManualClock clock;
  util::SystemRandom random;
  const time::UtcZone zone;
  const auto store =
      store::open("sqlite:" + (folder / "t.db").string(), {.clock = &clock, .random = &random});
  commit_tasks(*store, clock.now(), 10);
  model::HookId id;
  store->write([&](store::WriteTx& tx) {
    id = tx.insert_hook(
        {.on = "*", .target = "cat >>" + (folder / "seen").string(), .actor = "ana"});
    tx.prune_log({.entries = 4}, clock.now(), 100);
  });
  hooks::Deliverer deliverer({*store, clock, zone}, random, {});
  await_rest(deliverer);
  deliverer.stop();
  store->read([&](store::ReadTx& tx) {
    const auto letters = tx.dead_letters(id);
    REQUIRE(letters.size() == 1);
    CHECK_FALSE(letters[0].frame.has_value());
    CHECK_THAT(letters[0].error, StartsWith("the log forgot revisions 1 to 6"));
    CHECK(tx.find_hook(id)->progress.rev == 10);
  });
  CHECK(deliverer.figures().delivered == 4);
}

}  // namespace
}  // namespace taskman::test
