#pragma once
// The record format of import and export, one JSON object a line, the same in the file (`--from
// jsonl`,
// `--to jsonl`) and in the body of POST /api/v1/import: a thing's own fields and its `kind`. A line
// without `kind` is a task; of a task only `title` is required. Whatever is not given stays as it
// is (a match) or takes its default (a new thing); null clears. Unknown fields are refused.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "common/model/changeset.hpp"
#include "common/model/sprint.hpp"
#include "common/model/task.hpp"
#include "common/wire/commands.hpp"

namespace taskman::wire {

/// Another task: the id that its record carries in the same import, else the id it has in the
/// store; or its external id. A sprint likewise: id, or name (within the task's project, else in
/// any).
using TaskRef = std::variant<model::TaskId, std::string>;
using SprintRef = std::variant<model::SprintId, std::string>;

/// What an export keeps besides the fields a caller may set. On import `id` is kept in an empty
/// store only.
struct ImportStamps {
  std::optional<std::int64_t> version;
  std::optional<util::Instant> created_at;
  std::optional<util::Instant> updated_at;
  std::optional<std::optional<util::Instant>> started_at;
  std::optional<std::optional<util::Instant>> closed_at;
};

struct ImportProject {
  std::string key;  ///< the identity
  model::ProjectPatch patch;
  ImportStamps stamps;
};

struct ImportSprint {
  std::optional<model::SprintId> id;
  model::SprintPatch patch;  ///< name and project are the identity
  std::optional<model::SprintState> state;
  ImportStamps stamps;
  std::optional<std::vector<model::ScopeItem>> committed;  ///< ids as in the file
  std::optional<std::optional<model::SprintReport>> report;
};

/// Identity: the external id, when there is one; else `id` and `created_at` together, as in an
/// export that comes back to its store. Known: updated if a given field differs (`updated_at` and
/// `version` are never compared), else unchanged. Else a new task, its id kept in an empty store.
struct ImportTask {
  std::optional<model::TaskId> id;
  model::TaskPatch
      patch;  ///< sprint, parent, blocked_by and the add_/remove_ lists unset: see below
  std::optional<std::optional<SprintRef>> sprint;
  std::optional<std::optional<TaskRef>> parent;
  std::optional<std::vector<TaskRef>> blocked_by;
  std::optional<std::optional<model::Lease>> lease;
  ImportStamps stamps;
};

/// Identity: task, author, time and text; there already: unchanged.
struct ImportComment {
  std::optional<model::CommentId> id;
  TaskRef task;
  std::optional<std::string> author;  ///< none: the importing actor
  std::string text;
  std::optional<util::Instant> at;  ///< none: the time of the import
};

using ImportRecord = std::variant<ImportTask, ImportProject, ImportSprint, ImportComment>;

/// One line, without its end. Throws kInvalidValue or kMalformedRequest, naming field and value.
ImportRecord decode_import_record(std::string_view line);
/// Only what is given, no line end.
std::string encode(const ImportRecord& record);

/// One line of an export: every field, `kind` first.
std::string encode_export(const model::Project& project);
std::string encode_export(const model::Sprint& sprint);
std::string encode_export(const model::Task& task);
std::string encode_export(const model::Comment& comment);

// ---- the answer ------------------------------------------------------------------------------

/// Of more bad lines than this a refusal names the first so many.
inline constexpr std::size_t kMostNamedLines = 100;

enum class ImportOutcome { kCreated, kUpdated, kUnchanged, kInvalid };
std::string_view name(ImportOutcome outcome);

struct ImportResult {
  std::int64_t line = 0;  ///< of the request body, from 1
  std::string kind;       ///< task, sprint, project, comment; empty when the line cannot be read
  ImportOutcome outcome = ImportOutcome::kCreated;
  std::optional<model::EntityId> id;   ///< in the store; none for an invalid line
  std::optional<std::string> message;  ///< why it is invalid
  bool operator==(const ImportResult&) const = default;
};

/// `data` of the envelope of kind `import`. With invalid lines and no skip_invalid nothing is
/// stored and the answer is a problem instead, its details one {name: line number, message} per bad
/// line.
struct ImportReport {
  bool dry_run = false;
  std::int64_t created = 0;
  std::int64_t updated = 0;
  std::int64_t unchanged = 0;
  std::int64_t invalid = 0;
  std::vector<ImportResult> results;  ///< one per line, in order
  bool operator==(const ImportReport&) const = default;
};
std::string encode(const ImportReport& report);
ImportReport decode_import_report(std::string_view json);

}  // namespace taskman::wire
