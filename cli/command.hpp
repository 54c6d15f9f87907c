#pragma once
// A row of THE command table (commands/all.cpp holds the list). Parsing, help, manual pages,
// completions and tests are made from these rows. Constant, thread-safe.

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "common/wire/paths.hpp"

namespace taskman::cli {

class Session;
class Invocation;
struct Kind;
struct World;

/// What can be typed for a value; the shells' completions ask for it.
enum class Complete {
  kNothing,
  kTask,
  kSprint,
  kProject,
  kLabel,
  kAssignee,  ///< also @me
  kActor,
  kStatus,
  kPriority,
  kSprintState,
  kFilter,
  kWatched,  ///< `task ID…`, `sprint S` or a filter
  kAwaited,  ///< `task ID…` or `sprint S`
  kCondition,
  kHook,
  kChanges,  ///< types of changes, then a filter
  kField,    ///< several, with commas
  kSortKey,  ///< several, with commas
  kDate,
  kFile,
  kSetting,
  kSettingValue,  ///< of the setting before it
  kSchema,
  kSchemaField,  ///< of the schema before it; several, with commas
  kChoice,
};

/// Exactly 1, 0 or 1, 1 or more, 0 or more; kBehind: 1 or more, all of them behind `--`.
enum class Arity { kOne, kOptional, kSome, kAny, kBehind };
enum class Repeat { kOnce, kOften };

/// A value by its position. `kSome` and `kAny` come last, but for `kBehind`.
struct Arg {
  std::string_view name;  ///< `TITLE`
  Arity arity = Arity::kOne;
  Complete complete = Complete::kNothing;
  std::string_view help;
  std::span<const std::string_view> choices = {};  ///< kChoice
};

struct Flag {
  std::string_view name;  ///< long name without dashes
  std::string_view
      value;  ///< what it takes, `DATE`; empty: a switch; `[SECONDS]`: only as `--poll=SECONDS`
  std::string_view help;
  Complete complete = Complete::kNothing;
  char letter = 0;  ///< `-p`
  Repeat repeat = Repeat::kOnce;
  std::span<const std::string_view> choices = {};  ///< kChoice
};

struct Example {
  std::string_view line;  ///< as typed, from `taskman` on
  std::string_view says;
};

/// What a command prints. All but kNone have --json, --quiet, --fields, --format and --csv.
enum class Output {
  kText,    ///< words for people; a document for programs, when a flag asks for it
  kThing,   ///< one thing
  kList,    ///< many: also --limit, --sort, --fail-on-empty
  kStream,  ///< one JSON document a line
  /// Nothing of its own. Only of `daemon run`, which becomes taskmand: nobody is left to print.
  kNone,
};

/// What has to be there before the handler can work.
enum class Needs {
  kNothing,   ///< works with bad settings too: they are left out, with a warning
  kSettings,  ///< good settings
  kDaemon,    ///< good settings and a daemon, which is started when it does not run
};

/// How long an answer may take when --timeout is not given.
enum class Patience {
  kShort,  ///< 2 s: a look whether somebody answers
  kUsual,  ///< 30 s
  kLong,   ///< 10 min: work on everything there is
};

struct Command {
  std::string_view noun;  ///< empty for `watch`, `where`, …
  std::string_view verb;
  std::string_view shorthand = {};  ///< `taskman add`
  std::string_view summary;         ///< one line, lower case, no full stop
  std::string_view description = {};
  std::span<const Arg> args = {};
  std::span<const Flag> flags = {};
  std::span<const Example> examples = {};
  Output output = Output::kText;
  /// What it answers with (commands/kinds.hpp): the fields it can be asked for are known, and
  /// checked, before it does anything. Every command has one, but for kNone.
  const Kind& (*answers)() = nullptr;
  /// With other arguments, another Kind.
  const Kind& (*or_answers)() = nullptr;
  Needs needs = Needs::kDaemon;
  Patience patience = Patience::kUsual;
  /// What the log tells of how its changes came about.
  std::string_view origin = wire::kCliOrigin;
  /// Where the user stands when our working folder is another one: `.taskman.toml` and relative
  /// paths in the environment are of there, those in flags are of ours. Empty: that folder is gone.
  std::string (*user_folder)(const World& world) = nullptr;
  /// The exit code; failures are thrown as error::Error.
  int (*run)(Session& session, const Invocation& invocation) = nullptr;
};

/// What belongs to one noun, for `taskman task --help`.
struct Noun {
  std::string_view name;
  std::string_view summary;
};

/// Rows of flags put together: `join(kWriteFlags, std::array{Flag{…}})`.
template <typename T, std::size_t... N>
constexpr auto join(const std::array<T, N>&... parts) {
  std::array<T, (N + ...)> all{};
  auto next = all.begin();
  ((next = std::copy(parts.begin(), parts.end(), next)), ...);
  return all;
}

}  // namespace taskman::cli
