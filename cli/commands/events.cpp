#include <algorithm>
#include <array>
#include <limits>

#include "cli/commands/follow.hpp"
#include "cli/commands/frames.hpp"
#include "cli/commands/name_cache.hpp"
#include "cli/commands/print.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

constexpr std::int64_t kAtOnce = 1000;  // frames a request

/// Prints frames, at most so many.
class Printer {
 public:
  Printer(Session& session, std::optional<std::int64_t> limit)
      : session_(session),
        names_(session),
        left_(limit.value_or(std::numeric_limits<std::int64_t>::max())) {}

  std::int64_t left() const { return left_; }

  void print(const std::string& frame) {
    --left_;
    session_.print(text_of(frame));
  }

 private:
  std::string text_of(const std::string& frame) {
    switch (session_.mode()) {
      case Mode::kHuman:
        return frame_text(session_, wire::decode_frame(frame), names_.names());
      case Mode::kIds:
        return wire::field_text(frame, "cursor").value_or("") + "\n";
      default:
        return frame + "\n";
    }
  }

  Session& session_;
  NameCache names_;
  std::int64_t left_;
};

/// What the log holds after `since`, in portions. Returns the cursor to go on from.
std::string print_kept(Session& session, std::optional<std::string> since, Printer& printer) {
  for (;;) {
    client::Query query{{"limit", std::to_string(std::min(printer.left(), kAtOnce))}};
    if (since) query.emplace_back("since", *since);
    const auto answer = session.api().get(std::string(wire::kEvents), query);
    for (const auto& frame : wire::split_array(answer.data)) printer.print(frame);
    session.terminal().flush();
    since = model::to_string(answer.cursor.value());
    if (!answer.more.value_or(false) || printer.left() == 0) return *since;
  }
}

int follow(Session& session, std::string since, Printer& printer) {
  client::Wakeups wakeups;
  client::Follower follower(session.api(), wakeups,
                            {.query = {}, .since = std::move(since), .poll = {}});
  while (printer.left() > 0) {
    const auto frame = next_frame(session, follower);
    if (!frame) return exit_code(wakeups);
    printer.print(*frame);
    session.terminal().flush();
  }
  return 0;
}

int run(Session& session, const Invocation& invocation) {
  Printer printer(session, limit_of(invocation));
  auto cursor = print_kept(session, since_of(invocation), printer);
  if (!invocation.has("follow")) return 0;
  return follow(session, std::move(cursor), printer);
}

constexpr std::array kFlags{
    Flag{.name = "since",
         .value = "CURSOR",
         .help = "what came after this cursor; without it everything that is kept"},
    Flag{.name = "limit", .value = "N", .help = "at most so many changesets"},
    Flag{.name = "follow", .value = "", .help = "then go on as changes happen", .letter = 'f'},
};
constexpr std::array kExamples{
    Example{"taskman events", "the whole change log, oldest first"},
    Example{"taskman events --since \"$cursor\" --json", "what a script has not seen yet"},
    Example{"taskman events --follow | jq -c '.changes[]'", "every change, now and from now on"},
    Example{"taskman events -q | tail -n 1", "the cursor to go on from"},
};

}  // namespace

extern const Command kEvents;
constinit const Command kEvents{
    .noun = "",
    .verb = "events",
    .summary = "print the change log",
    .description =
        "On a terminal a line per change; in a pipe, or with --json, one changeset a line as JSON, "
        "the same as on every\n"
        "transport of the API. Each carries the cursor that --since goes on from.",
    .flags = kFlags,
    .examples = kExamples,
    .output = Output::kStream,
    .run = run,
};

}  // namespace taskman::cli
