#include <array>
#include <set>
#include <string>
#include <utility>
#include <variant>

#include "cli/client/follower.hpp"
#include "cli/command.hpp"
#include "cli/commands/follow.hpp"
#include "cli/commands/frames.hpp"
#include "cli/commands/name_cache.hpp"
#include "cli/commands/watch_live.hpp"
#include "cli/commands/watch_subject.hpp"
#include "cli/session/session.hpp"
#include "common/error/error.hpp"
#include "common/time/text.hpp"
#include "common/wire/json.hpp"
#include "common/wire/log.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

using namespace std::chrono_literals;
using client::Follower;
using error::Code;
using error::Error;
using Milliseconds = std::chrono::milliseconds;

constexpr int kRecalled = 50;  // changes; about as many as a terminal has rows

std::optional<Milliseconds> poll_interval(const Invocation& invocation) {
  const auto given = invocation.value("poll");
  if (!given) return std::nullopt;
  if (invocation.has("stream"))
    throw Error(Code::kUsage, "--stream and --poll cannot both be obeyed", "give one of them");
  const auto interval = given->empty() ? 5000ms : time::parse_duration(*given).value_or(0ms);
  if (interval < 100ms) {
    throw Error(Code::kInvalidValue, "--poll: '" + *given + "' is not a time of 100ms or more",
                "give seconds: --poll=5");
  }
  return interval;
}

/// For the view's last line.
std::string how(const std::optional<Milliseconds>& interval) {
  if (!interval) return "live";
  const auto count = interval->count();
  return "polling every " +
         (count % 1000 == 0 ? std::to_string(count / 1000) + " s" : std::to_string(count) + " ms");
}

/// The tasks a frame is about, one a line.
std::string ids_of(const wire::Frame& frame) {
  std::set<std::int64_t> ids;
  for (const auto& item : frame.changes) {
    const auto* id = std::get_if<std::int64_t>(&item.id);
    if (id != nullptr && model::name(item.type).starts_with("task.")) ids.insert(*id);
  }
  std::string lines;
  for (const auto id : ids) lines += std::to_string(id) + "\n";
  return lines;
}

/// Each frame at once: as JSON; ids only; for people whose terminal cannot redraw, in words.
int print_frames(Session& session, Follower& follower, const client::Wakeups& wakeups,
                 const Scope& scope) {
  NameCache names(session);
  while (const auto frame = next_frame(session, follower)) {
    switch (session.mode()) {
      case Mode::kIds:
        session.print(ids_of(about(wire::decode_frame(*frame), scope)));
        break;
      case Mode::kHuman:
        session.print(frame_text(session, about(wire::decode_frame(*frame), scope), names.names()));
        break;
      default:
        session.print(*frame + "\n");
    }
    session.terminal().flush();
  }
  return exit_code(wakeups);
}

bool can_redraw(const Session& session) {
  return session.mode() == Mode::kHuman && session.world().environment("TERM") != "dumb";
}

/// The newest changes up to now, for a view that would else begin empty; where to follow from.
wire::Envelope recall(Session& session, client::Query query) {
  query.emplace_back("latest", std::to_string(kRecalled));
  return session.api().get(std::string(wire::kEvents), std::move(query));
}

int run_view(Session& session, Subject& subject, client::FollowPlan plan) {
  ViewStart begin{.how = how(plan.poll)};
  if (!plan.since) {
    const auto answer = recall(session, subject.query);
    begin.frames = wire::split_array(answer.data);
    plan.since = model::to_string(answer.cursor.value());
  }
  client::Wakeups wakeups;
  Follower follower(session.api(), wakeups, std::move(plan));
  return run_live_view(session, subject, follower, wakeups, begin);
}

int run(Session& session, const Invocation& invocation) {
  client::FollowPlan plan{
      .query = {}, .since = since_of(invocation), .poll = poll_interval(invocation)};
  auto subject = subject_of(session, invocation);
  plan.query = subject.query;
  if (can_redraw(session)) return run_view(session, subject, std::move(plan));
  client::Wakeups wakeups;
  Follower follower(session.api(), wakeups, std::move(plan));
  return print_frames(session, follower, wakeups, subject.scope);
}

constexpr std::array kArgs{
    Arg{.name = "WHAT",
        .arity = Arity::kAny,
        .complete = Complete::kWatched,
        .help = "`task ID…`, `sprint [S]` (default: current), or a filter; nothing: every change"},
};
constexpr std::array kFlags{
    Flag{
        .name = "stream", .value = "", .help = "be told by the daemon as it happens (the default)"},
    Flag{.name = "poll",
         .value = "[SECONDS]",
         .help = "ask so often instead, by conditional requests; 5 when not said"},
    Flag{.name = "project",
         .value = "KEY",
         .help = "of `sprint`: whose current one, or whose of several with that name",
         .complete = Complete::kProject},
    Flag{.name = "since", .value = "CURSOR", .help = "begin after this cursor instead of now"},
};
constexpr std::array kExamples{
    Example{"taskman watch sprint", "the current sprint, live"},
    Example{"taskman watch task 42", "one task"},
    Example{"taskman watch 'label:release is:open'", "the tasks of a filter"},
    Example{"taskman watch sprint current --json | head -1",
            "wait for the next change and print it"},
};

}  // namespace

extern const Command kWatch;
constinit const Command kWatch{
    .noun = "",
    .verb = "watch",
    .summary = "follow changes as they happen",
    .description =
        "On a terminal a view that redraws in place; in a pipe, or with --json, one frame a line, "
        "each as soon as it happens. Outlives restarts of the daemon without losing a change, and "
        "says so on "
        "stderr.",
    .args = kArgs,
    .flags = kFlags,
    .examples = kExamples,
    .output = Output::kStream,
    .run = run,
};

}  // namespace taskman::cli
