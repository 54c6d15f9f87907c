#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/model/changeset.hpp"
#include "common/model/sprint.hpp"
#include "common/model/task.hpp"
#include "daemon/service/service.hpp"
#include "daemon/store/store.hpp"

namespace taskman::service {

/// Who says version and times: this write, or the thing itself, which was exported once.
enum class Stamps { kOurs, kItsOwn };

/// A thing this write looked at: as of the start of the transaction, and as it is now.
template <typename T>
struct Touched {
  std::optional<T> before;
  std::optional<T> after;
  bool written = false;
};

/// One write in progress: rows go through here, so that its changeset can be derived from what
/// happened, with the readiness of dependents and the progress of sprints. Made by run_write()
/// inside the store's transaction, and used there only.
class Work {
 public:
  Work(store::WriteTx& tx, const WriteRequest& request, util::Instant now);

  store::WriteTx& tx() { return tx_; }
  util::Instant now() const { return now_; }
  const WriteRequest& request() const { return request_; }
  /// Of the changeset this write makes, when it changes something.
  std::int64_t revision() { return tx_.log_range().head.rev + 1; }
  const Caller& caller() const { return request_.caller; }

  /// The task as it stands in this write, null when there is none. Valid until it is saved or
  /// removed.
  const model::Task* find_task(model::TaskId id);
  /// The same; kNotFound when there is none.
  const model::Task& task(model::TaskId id);
  /// Stores it under a new id, or its own when it has one; gives the id.
  model::TaskId create(model::Task task, Stamps stamps = Stamps::kOurs);
  /// Stores all fields of `after` when one differs; false when none does. Version and updated_at
  /// are kept here: one step per write.
  bool save(model::Task after, Stamps stamps = Stamps::kOurs);
  /// Dependents lose the edge and children their parent in the same write.
  void remove(model::TaskId id);
  model::Comment add(model::Comment comment, Stamps stamps = Stamps::kOurs);
  /// Precondition: it is there, and its task too.
  void remove(const model::Comment& comment);

  std::optional<model::Sprint> find_sprint(model::SprintId id);
  model::SprintId create(model::Sprint sprint, Stamps stamps = Stamps::kOurs);
  bool save(model::Sprint after, Stamps stamps = Stamps::kOurs);
  /// Precondition: no task is in it.
  void remove(const model::Sprint& sprint);
  /// As this write leaves it.
  model::Progress progress(model::SprintId id);

  std::optional<model::Project> find_project(const std::string& key);
  void create(model::Project project, Stamps stamps = Stamps::kOurs);
  bool save(model::Project after);
  /// Precondition: nothing is in it.
  void remove(const model::Project& project);

  /// Says that this write takes back what revision `rev` did.
  void takes_back(std::int64_t rev) { takes_back_ = rev; }

  /// Told with the answer, when nothing is wrong and yet something is worth knowing.
  void notice(std::string text) { notices_.push_back(std::move(text)); }
  const std::vector<std::string>& notices() const { return notices_; }

  /// Brings what is derived (`ready`) up to date, for the answer. Idempotent.
  void settle();
  /// What the changeset will hold, as things stand; settles.
  std::vector<model::Change> changes();
  /// Settles, derives and appends the changeset; gives the head after it, also when nothing
  /// changed.
  model::Cursor finish();
  /// When the first of the leases ends that this write gave; none when it gave none.
  std::optional<util::Instant> lease_end() const;

 private:
  Touched<model::Task>& load(model::TaskId id);
  void keep_comments(model::TaskId id);
  void remember_dependents(model::TaskId id);
  bool is_ready(const model::Task& task);

  void derive_things(std::vector<model::Change>& changes) const;
  void derive_tasks(std::vector<model::Change>& changes) const;
  void derive_readiness(std::vector<model::Change>& changes) const;
  void derive_progress(std::vector<model::Change>& changes) const;
  void derive_ends(std::vector<model::Change>& changes) const;
  std::map<model::SprintId, model::Progress> progress_steps() const;
  /// Steps of the sprints that are still there, as before and after.
  struct Progressed {
    model::SprintId sprint;
    model::Progress before;
    model::Progress after;
  };
  std::vector<Progressed> progressed() const;

  store::WriteTx& tx_;
  const WriteRequest& request_;
  const util::Instant now_;
  std::map<model::TaskId, Touched<model::Task>> tasks_;
  std::vector<model::Comment> comments_;
  std::vector<model::Comment> removed_comments_;
  std::map<model::TaskId, std::vector<model::Comment>> lost_comments_;  ///< with their tasks
  std::map<model::SprintId, Touched<model::Sprint>> sprints_;
  std::map<std::string, Touched<model::Project>> projects_;
  std::vector<std::string> notices_;
  std::optional<std::int64_t> takes_back_;
};

/// Throws kNotFound; says so when the task was there once.
[[noreturn]] void refuse_unknown_task(store::ReadTx& tx, model::TaskId id);

}  // namespace taskman::service
