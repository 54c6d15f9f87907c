#pragma once
// What every service test stands on: all services over a real database, a clock that stands still.
// Commands are written as the JSON that callers send.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/error/error.hpp"
#include "common/time/zone.hpp"
#include "common/wire/import.hpp"
#include "common/wire/json.hpp"
#include "common/wire/views.hpp"
#include "daemon/service/caller.hpp"
#include "daemon/service/claims.hpp"
#include "daemon/service/feed.hpp"
#include "daemon/service/history.hpp"
#include "daemon/service/operations.hpp"
#include "daemon/service/projects.hpp"
#include "daemon/service/sprints.hpp"
#include "daemon/service/tasks.hpp"
#include "daemon/service/transfer.hpp"
#include "daemon/store/open.hpp"
#include "support/catch.hpp"
#include "support/counting_random.hpp"
#include "support/manual_clock.hpp"
#include "support/temp_dir.hpp"

namespace taskman::test {

using error::Code;

/// Members in start order. One thread, unless a test says otherwise.
struct Desk {
  Desk();

  // Each is one write by `ana`; the thing as it was answered.
  model::Task add(std::string_view json);
  model::Task edit(std::int64_t id, std::string_view json);
  model::Task move(std::int64_t id, const std::string& verb);
  model::Task remove(std::int64_t id);
  model::Sprint add_sprint(std::string_view json);
  model::Sprint start(const std::string& word);
  model::Sprint close(const std::string& word, std::string_view json = {});
  model::Project add_project(const std::string& key);
  std::vector<model::Task> bulk(std::string_view json);
  wire::ImportReport import(std::string_view lines);
  wire::UndoReport undo(const wire::UndoCommand& command = {}, const std::string& actor = "ana");

  model::Task task(std::int64_t id) const;
  std::vector<std::int64_t> ids(const std::string& filter, const std::string& sort = "id") const;
  wire::SprintView progress(const std::string& word) const;

  std::int64_t head() const { return store->head().rev; }
  std::vector<wire::Frame> frames(std::int64_t after = 0) const;
  /// The last frame's changes as `task.updated 3`, in order.
  std::vector<std::string> last_changes() const;

  TempDir folder;
  ManualClock clock;
  CountingRandom random;
  time::UtcZone zone;
  std::unique_ptr<store::Store> store;
  std::vector<util::Instant> leases_told;  ///< what somebody has to see to
  service::Base base;
  service::Tasks tasks{base};
  service::Claims claims{base};
  service::Sprints sprints{base};
  service::Projects projects{base};
  service::Feed feed{base};
  service::Transfer transfer{base};
  service::History history{base};
  service::Operations operations{base, {.version = "1", .pid = 7, .started_at = clock.now()}};
};

/// A write by `actor`.
service::WriteRequest write(const std::string& actor = "ana");
/// The same under a key; `digest` stands for the request's content.
service::WriteRequest keyed(const std::string& key, const std::string& digest = "d");

wire::Envelope envelope(const service::Answer& answer);
wire::Envelope envelope(const service::Reading& reading);
/// The items of a list answer.
std::vector<std::string> items(const wire::Envelope& answer);

/// The Error that `action` throws; fails the test when it throws none.
error::Error error_of(const std::function<void()>& action);

}  // namespace taskman::test
