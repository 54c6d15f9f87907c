#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "daemon/service/service.hpp"

namespace taskman::service {

/// What this daemon is, told by its composition root.
struct About {
  std::string version;
  std::string database;  ///< as commands name it
  std::int64_t pid = 0;
  util::Instant started_at;
};

/// Everything about the running daemon rather than about tasks. Owned by the composition root;
/// thread-safe.
class Operations {
 public:
  Operations(const Base& base, About about) : base_(base), about_(std::move(about)) {}

  Reading health() const { return health(Phase::kServing); }
  /// The health of a daemon that is ending, also when its store answers no more: nothing may keep
  /// it from its end.
  Reading goodbye() const;

  /// A checked copy of the store at `path`, absolute, which must not exist. Blocks until it is
  /// there.
  Reading backup(const std::string& path) const;

  /// Kind `completion.list`: what may follow `prefix` on a command line, with what it is. `kind` is
  /// tasks, sprints, projects, labels, assignees, statuses, priorities, sort_keys or hooks.
  struct CompletionRequest {
    std::string kind;
    std::string prefix;
  };
  Reading complete(const CompletionRequest& request) const;

  /// For the header of every answer.
  std::string store_id() const { return base_.store.id(); }

 private:
  enum class Phase { kServing, kStopping };
  Reading health(Phase phase) const;
  Reading health(Phase phase, const model::Cursor& head, const model::Cursor& oldest) const;

  const Base base_;
  const About about_;
};

}  // namespace taskman::service
