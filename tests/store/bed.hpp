#pragma once
// What every store test stands on: a real database in a folder of its own, a clock that stands
// still, numbers that are not random. The contract runs on every backend of backends().

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "common/error/error.hpp"
#include "common/time/zone.hpp"
#include "daemon/store/open.hpp"
#include "daemon/store/store.hpp"
#include "support/catch.hpp"
#include "support/counting_random.hpp"
#include "support/manual_clock.hpp"
#include "support/temp_dir.hpp"

namespace taskman::test {

struct Backend {
  std::string name;
  std::function<std::string(const TempDir&)> url;
};

/// A second backend is one more row.
const std::vector<Backend>& backends();

struct Bed {
  explicit Bed(const Backend& backend = backends().front());
  /// On a copy of another bed's database, which was closed: quicker than a new one.
  explicit Bed(const Bed& made);

  void open();
  void reopen();

  /// Adds a task in a transaction of its own, with a changeset.
  model::TaskId add(const model::Task& task);
  model::TaskId add(const std::string& title);
  /// Changes a task in a transaction of its own, with a changeset.
  model::Cursor edit(model::TaskId id, const std::function<void(model::Task&)>& change);
  model::Task find(model::TaskId id);
  std::vector<model::LogEntry> log(std::int64_t after = 0);

  TempDir folder;
  ManualClock clock;
  CountingRandom random;
  time::UtcZone zone;
  std::string url;
  std::vector<model::Cursor> committed;  ///< what the store told, in order
  std::vector<std::string> failures;
  std::vector<std::string> notices;
  std::unique_ptr<store::Store> store;

  store::Options options();
};

/// One changeset about one task.
model::Changeset changeset_of(const model::Task& task,
                              model::ChangeType type = model::ChangeType::kTaskUpdated);

/// The Error that `action` throws; fails the test when it throws none.
error::Error error_of(const std::function<void()>& action);

}  // namespace taskman::test
