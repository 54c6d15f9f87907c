#pragma once
// Hooks: what is told of changes without being asked. Plain values (docs/hooks.md).

#include <cstdint>
#include <optional>
#include <string>

#include "common/util/instant.hpp"

namespace taskman::model {

/// Small, stable, never reused; 1 and up.
struct HookId {
  std::int64_t value = 0;
  auto operator<=>(const HookId&) const = default;
};

enum class HookKind {
  kRun,   ///< a command line for the shell
  kPost,  ///< a URL
};

/// How far a hook is, kept by who delivers.
struct HookProgress {
  std::int64_t rev = 0;       ///< everything up to here was delivered, given up or not wanted
  std::int64_t told = 0;      ///< the last revision it was told of: `prev` of the next frame
  std::int64_t failures = 0;  ///< attempts in a row at what comes next
  std::optional<util::Instant> next_try_at;
  std::optional<util::Instant> delivered_at;
  std::optional<std::string> last_error;  ///< none since something was delivered
  bool operator==(const HookProgress&) const = default;
};

struct Hook {
  HookId id;
  std::string on;                         ///< types of changes and a filter, as they were said
  std::optional<std::string> sprints_of;  ///< a project: whose sprints the filter's words mean
  HookKind kind = HookKind::kRun;
  std::string target;
  std::string secret;  ///< signs what is posted; empty for a command
  std::string actor;   ///< who added it
  util::Instant created_at;
  bool paused = false;
  HookProgress progress;
  std::int64_t dead = 0;  ///< dead letters; kept by the store
  bool operator==(const Hook&) const = default;
};

/// A change that a hook was not told of, after all attempts.
struct DeadLetter {
  HookId hook;
  std::int64_t rev = 0;
  std::optional<std::string> frame;  ///< as it was sent; none when the log had lost it
  std::int64_t attempts = 0;
  std::string error;  ///< of the last attempt
  util::Instant at;
  bool again = false;  ///< is to be delivered once more
  bool operator==(const DeadLetter&) const = default;
};

}  // namespace taskman::model
