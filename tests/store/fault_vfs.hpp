#pragma once
// The file system under SQLite, with faults: the Nth write, sync, truncation, creation or removal
// fails, or is the last thing the process does; and what was synced last can be brought back, as a
// power loss would. Installed once for the whole test program; without a plan it changes nothing
// but that a sync does not wait for the disk. The plan is shared by all threads.

#include <cstdint>
#include <filesystem>

namespace taskman::test {

enum class Fault {
  kNone,
  kFail,     ///< SQLITE_IOERR_…
  kNoSpace,  ///< SQLITE_FULL, or as near as the operation has it
  kExit,     ///< _exit in the middle
};

/// While it lives, operation number `at` (from 1) is hit by `fault`; with `go_on` all later ones
/// too.
class FaultPlan {
 public:
  struct Plan {
    Fault fault = Fault::kNone;
    std::int64_t at = 0;
    bool go_on = false;
    bool only_syncs = false;
  };
  explicit FaultPlan(const Plan& plan);
  ~FaultPlan();
  FaultPlan(const FaultPlan&) = delete;
  FaultPlan& operator=(const FaultPlan&) = delete;

  /// Whether the operation was reached.
  bool struck() const;
};

/// From now on every sync keeps a copy of the file as it then is.
void remember_syncs(bool on);

/// Makes the database and its log what they were when they were last synced.
void lose_power(const std::filesystem::path& database);

}  // namespace taskman::test
