#pragma once
// Answers that are put together from more than one thing. What is missing on reading keeps its
// default.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/model/changeset.hpp"
#include "common/model/sprint.hpp"
#include "common/util/instant.hpp"

namespace taskman::wire {

/// Kind `sprint.progress`: what a watcher shows of a sprint.
struct SprintView {
  model::Sprint sprint;
  model::Progress progress;  ///< of the tasks that are in it now
  /// Until the last day; 0 on the last day, negative after it; none without an end, or for a
  /// sprint that was closed or cancelled.
  std::optional<std::int64_t> days_left;
  bool operator==(const SprintView&) const = default;
};
std::string encode(const SprintView& view);
SprintView decode_sprint_view(std::string_view json);
/// What a sprint came to: of a closed one what its report froze, else `progress`. Tasks that were
/// carried on have left a closed sprint, so its `progress` counts less.
const model::Progress& settled_progress(const SprintView& view);

/// An item of kind `label.list`: how many tasks carry it.
struct LabelCount {
  std::string name;
  std::int64_t tasks = 0;
  bool operator==(const LabelCount&) const = default;
};
std::string encode(const LabelCount& label);
LabelCount decode_label_count(std::string_view json);

/// An item of kind `completion.list`: what can be typed, and what it is.
struct Candidate {
  std::string value;
  std::string description;
  bool operator==(const Candidate&) const = default;
};
std::string encode(const Candidate& candidate);
Candidate decode_candidate(std::string_view json);

/// Kind `health`.
struct Health {
  std::string status = "ok";
  std::string version;
  std::string store;     ///< its id
  std::string database;  ///< its path, or URL of another backend; empty from an older daemon
  std::int64_t pid = 0;
  util::Instant started_at;
  std::string head;    ///< cursor
  std::string oldest;  ///< cursor: the lowest a reader can resume from
  bool operator==(const Health&) const = default;
};
std::string encode(const Health& health);
Health decode_health(std::string_view json);

/// Kind `backup`.
struct BackupReport {
  std::string path;
  std::int64_t bytes = 0;
  bool operator==(const BackupReport&) const = default;
};
std::string encode(const BackupReport& report);
BackupReport decode_backup_report(std::string_view json);
/// Body of POST /api/v1/backup: `{"path"}`, absolute.
std::string encode_backup_command(std::string_view path);
std::string decode_backup_command(std::string_view json);

}  // namespace taskman::wire
