#pragma once
// An entry of the log together with what was decoded and encoded of it, each at most once.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/model/changeset.hpp"
#include "common/wire/json.hpp"
#include "daemon/feed/subscription.hpp"

namespace taskman::feed {

/// Bytes that many readers send at once.
using Bytes = std::shared_ptr<const std::string>;

/// Owned by whoever reads the log: the hub's cache, or one poll. One thread at a time.
class Entry {
 public:
  explicit Entry(model::LogEntry log) : log_(std::move(log)) {}

  const model::LogEntry& log() const { return log_; }
  std::int64_t rev() const { return log_.cursor.rev; }

  /// Types and ids of the changes; decoded at the first call.
  const std::vector<wire::ChangeRef>& refs();
  /// What happened to tasks, alongside refs(); decoded at the first call.
  const std::vector<wire::Subject>& subjects();

  /// The bytes a stream of `encoding` sends for this entry to a reader that was last at `prev`;
  /// made once for all readers that stand there.
  Bytes bytes(Encoding encoding, std::int64_t prev);
  /// The same for the readers that this entry moves a task in or out of view of.
  Bytes bytes(Encoding encoding, std::int64_t prev, const wire::Crossing& crossing) const;

  /// About what it holds in memory once everything is decoded and encoded.
  std::size_t weight() const { return 256 + 4 * log_.changes.size() + 3 * log_.subjects.size(); }

 private:
  model::LogEntry log_;
  std::optional<std::vector<wire::ChangeRef>> refs_;
  std::optional<std::vector<wire::Subject>> subjects_;
  struct Made {
    Encoding encoding;
    std::int64_t prev;
    Bytes bytes;
  };
  std::vector<Made> made_;
};

}  // namespace taskman::feed
