// The commands of a daemon that was killed, and those of the next one.

#include <fcntl.h>
#include <sys/file.h>

#include <atomic>
#include <fstream>
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

template <typename Condition>
void await(Condition condition) {
  const auto until = std::chrono::steady_clock::now() + kPatience;
  while (!condition()) {
    REQUIRE(std::chrono::steady_clock::now() < until);
    std::this_thread::yield();
  }
}

/// A store with one hook that waits for one change.
struct Scene {
  Scene() {
    store->write([this](store::WriteTx& tx) {
      tx.insert_hook({.on = "*", .target = "echo >>" + ran().string(), .actor = "ana"});
      model::Task task;
      task.title = "t";
      task.created_at = task.updated_at = clock.now();
      task.id = tx.insert_task(task);
      model::Changeset changeset{.at = clock.now(), .actor = "ana", .origin = "test"};
      changeset.changes.push_back(
          wire::task_change(model::ChangeType::kTaskCreated, nullptr, &task));
      tx.append(changeset);
    });
  }

  std::filesystem::path ran() const { return folder / "ran"; }
  std::string lock() const { return (folder / "t.db.hooks").string(); }
  hooks::DelivererOptions options(util::Log log) const {
    return {.lock = lock(), .log = std::move(log)};
  }

  TempDir folder;
  ManualClock clock;
  util::SystemRandom random;
  time::UtcZone zone;
  std::unique_ptr<store::Store> store =
      store::open("sqlite:" + (folder / "t.db").string(), {.clock = &clock, .random = &random});
  service::Base base{*store, clock, zone};
};

TEST_CASE("no command begins while one of a daemon before this one still ends") {
  Scene scene;
  util::Fd other(::open(scene.lock().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  REQUIRE(::flock(other.get(), LOCK_EX | LOCK_NB) == 0);
  std::atomic<bool> waits{false};
  hooks::Deliverer deliverer(scene.base, scene.random, scene.options([&](const auto& record) {
    waits = waits || record.text == "hooks have to wait";
  }));
  await([&] { return waits.load(); });
  CHECK_FALSE(std::filesystem::exists(scene.ran()));
  other.reset();
  await([&] { return deliverer.figures().delivered == 1; });
  CHECK(std::filesystem::exists(scene.ran()));
}

TEST_CASE("whoever waits for the commands of a daemon before this one can be stopped") {
  Scene scene;
  const util::Fd other(::open(scene.lock().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  REQUIRE(::flock(other.get(), LOCK_EX | LOCK_NB) == 0);
  hooks::Deliverer deliverer(scene.base, scene.random, scene.options({}));
  deliverer.stop();
  CHECK(deliverer.figures().delivered == 0);
}

}  // namespace
}  // namespace taskman::test
