#include <array>
#include <optional>
#include <string>
#include <utility>

#include "cli/client/follower.hpp"
#include "cli/command.hpp"
#include "cli/commands/follow.hpp"
#include "cli/commands/frame_sink.hpp"
#include "cli/commands/watch_frames.hpp"
#include "cli/commands/watch_live.hpp"
#include "cli/commands/watch_subject.hpp"
#include "cli/session/session.hpp"
#include "common/error/error.hpp"
#include "common/time/text.hpp"
#include "common/wire/json.hpp"
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
  if (given->empty()) return client::FollowPlan::kAsChangesCome;
  const auto interval = time::parse_duration(*given).value_or(0ms);
  if (interval < 100ms) {
    throw Error(Code::kInvalidValue, "--poll: '" + *given + "' is not a time of 100ms or more",
                "give seconds: --poll=5");
  }
  return interval;
}

void refuse_two_ways(const Invocation& invocation) {
  std::string first;
  for (const std::string_view way : {"stream", "ws", "poll"}) {
    if (!invocation.has(way)) continue;
    if (!first.empty()) {
      throw Error(Code::kUsage,
                  "--" + first + " and --" + std::string(way) + " cannot both be obeyed",
                  "give one of them");
    }
    first = way;
  }
}

/// For the view's last line.
std::string how(const std::optional<Milliseconds>& interval) {
  if (!interval) return "live";
  if (*interval == client::FollowPlan::kAsChangesCome) return "polling";
  const auto count = interval->count();
  return "polling every " +
         (count % 1000 == 0 ? std::to_string(count / 1000) + " s" : std::to_string(count) + " ms");
}

bool can_redraw(const Session& session, const Invocation& invocation) {
  return session.mode() == Mode::kHuman && !invocation.has("exec") && !invocation.has("fields") &&
         session.world().environment("TERM") != "dumb";
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

/// There is nothing to look on at then: what led there is told, as lines.
bool is_over(Session& session, Subject& subject) {
  if (!subject.goal) return false;
  const bool reached = subject.goal->is_reached(session.api());
  subject.goal->look_again();
  return reached;
}

int run(Session& session, const Invocation& invocation) {
  refuse_two_ways(invocation);
  client::FollowPlan plan{
      .query = {},
      .since = since_of(invocation),
      .poll = poll_interval(invocation),
      .push = invocation.has("ws") ? client::Push::kWebSocket : client::Push::kEvents};
  auto subject = subject_of(session, invocation);
  plan.query = subject.query;
  if (subject.goal && !plan.since) {
    // From the answer on: a change between it and the first connection is not missed.
    if (subject.goal->is_reached(session.api())) {
      if (subject.goal->is_of_nothing(session.api())) session.notice(kOfNothing);
      return 0;
    }
    if (const auto& cursor = subject.goal->cursor()) plan.since = model::to_string(*cursor);
  }
  if (can_redraw(session, invocation) && !is_over(session, subject))
    return run_view(session, subject, std::move(plan));
  return run_watch_frames(session, invocation, subject, std::move(plan));
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
    Flag{.name = "ws", .value = "", .help = "the same by WebSocket"},
    Flag{.name = "poll",
         .value = "[SECONDS]",
         .help = "ask so often instead, by conditional requests; as changes come when not said"},
    Flag{.name = "project",
         .value = "KEY",
         .help = "of `sprint`: whose current one, or whose of several with that name",
         .complete = Complete::kProject},
    Flag{.name = "since", .value = "CURSOR", .help = "begin after this cursor instead of now"},
    Flag{.name = "until",
         .value = "FILTER",
         .help = "end, with success, once all watched tasks match it",
         .complete = Complete::kFilter},
    kExecFlag,
};
constexpr std::array kExamples{
    Example{"taskman watch sprint", "the current sprint, live"},
    Example{"taskman watch task 42", "one task"},
    Example{"taskman watch 'label:release is:open'", "the tasks of a filter"},
    Example{"taskman watch sprint --until is:closed", "until all of it is done"},
    Example{"taskman watch label:urgent --exec 'jq -c .changes | ./notify'",
            "a program for every change"},
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
        "says so on stderr. Where something in between cuts streams off it polls, says so, and "
        "tries "
        "again later.",
    .args = kArgs,
    .flags = kFlags,
    .examples = kExamples,
    .output = Output::kStream,
    .answers = frame_kind,
    .run = run,
};

}  // namespace taskman::cli
