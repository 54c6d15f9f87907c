#pragma once
// What an import says, in terms of the file: the daemon knows the lines of the request only.

#include <set>
#include <string>

#include "cli/import/format.hpp"
#include "common/error/error.hpp"
#include "common/wire/import.hpp"

namespace taskman::cli {

/// How a record of the file is named: by its line, and by its number where the line holds several.
/// A value; the request outlives it.
class FilePlaces {
 public:
  explicit FilePlaces(const transfer::Request& request);

  /// What the import made of each record, in the file's order, with those that were left out.
  wire::ImportReport in_file(wire::ImportReport report) const;

 private:
  std::string told(const transfer::Place& place, const std::string& message) const;

  const transfer::Request& request_;
  std::set<std::int64_t> shared_;  ///< lines that hold more than one record
};

/// Nothing is imported because of the report's invalid records, each of which is a field, named by
/// its line.
error::Error refusal(const std::string& file, const wire::ImportReport& report);

/// Lines for people: `created 12 tasks, 1 project`.
std::string summary(const wire::ImportReport& report);

/// The tasks of the file in its order, each once, a line each.
std::string task_ids(const wire::ImportReport& report);

/// One record: `line 3: created task 17`.
std::string result_text(const wire::ImportResult& result, bool dry_run);

}  // namespace taskman::cli
