#include <array>
#include <chrono>
#include <csignal>
#include <optional>
#include <string>

#include "cli/client/follower.hpp"
#include "cli/command.hpp"
#include "cli/commands/awaited.hpp"
#include "cli/commands/follow.hpp"
#include "cli/commands/kinds.hpp"
#include "cli/commands/name_cache.hpp"
#include "cli/session/session.hpp"
#include "common/error/error.hpp"
#include "common/time/text.hpp"

namespace taskman::cli {
namespace {

using namespace std::chrono_literals;
using client::Follower;
using client::Happening;
using client::Wakeups;
using error::Code;
using error::Error;

constexpr auto kAskAgain = 1000ms;  // what got no answer, or moves with time

/// --timeout; none: for ever. The setting of that name is of single answers.
std::optional<std::chrono::milliseconds> patience_of(Session& session, const Invocation& wait) {
  if (!wait.has("timeout")) return std::nullopt;
  return session.settings().duration(config::Key::kTimeout);
}

/// Of --progress: what changed, for people, on stderr.
class Progress {
 public:
  Progress(Session& session, const Invocation& wait) : session_(session), names_(session) {
    is_wanted_ = wait.has("progress");
  }

  void tell(const wire::Frame& frame, const Scope& scope) {
    if (!is_wanted_) return;
    names_.learn(frame);
    std::string text = frame_text(session_, about(frame, scope), names_.names());
    if (text.ends_with('\n')) text.pop_back();
    if (!text.empty()) session_.notice(text);
  }

 private:
  Session& session_;
  NameCache names_;
  bool is_wanted_;
};

/// One wait, from the first look to its end.
class Waiting {
 public:
  Waiting(Session& session, const Invocation& wait, Awaited& awaited, Wakeups& wakeups)
      : session_(session), wait_(wait), awaited_(awaited), wakeups_(wakeups) {}

  /// Looks, then follows from there: a change between the two is not missed. False when asked to
  /// end.
  bool has_come_true();
  /// The exit code of who was asked to end. Throws kTimeout.
  int ended() const;

 private:
  bool look_first();
  bool follow(Follower& follower, Progress& progress);
  bool is_settled();
  Happening next(Follower& follower);
  std::string standing() const;

  Session& session_;
  const Invocation& wait_;
  Awaited& awaited_;
  Wakeups& wakeups_;
  bool is_refused_ = false;  ///< what is followed was not found, and a look is to tell why
  std::string away_;         ///< why nothing newer is known
};

/// Until there is an answer: how long that may take --timeout says, not what one call may take.
bool Waiting::look_first() {
  for (bool is_told = false;; is_told = true) {
    awaited_.look_if_due();
    if (!awaited_.is_due()) return true;
    if (wakeups_.is_asked_to_end()) return false;
    if (!is_told)
      session_.notice("taskman: no state yet (" + awaited_.trouble() + "), trying again");
    const auto reason = wakeups_.wait(-1, client::Deadline::after(kAskAgain));
    if (reason == Wakeups::Reason::kSuspended) Wakeups::suspend();
    if (reason == Wakeups::Reason::kOutputGone || wakeups_.is_asked_to_end()) return false;
  }
}

bool Waiting::is_settled() {
  if (awaited_.is_due()) return false;
  if (awaited_.is_met()) return true;
  if (auto obstacle = awaited_.obstacle()) throw Error(std::move(*obstacle));
  return false;
}

Happening Waiting::next(Follower& follower) {
  const bool asks_again = awaited_.is_due() || awaited_.moves_with_time();
  try {
    const auto happening =
        next_happening(session_, follower,
                       asks_again ? client::Deadline::after(kAskAgain) : client::Deadline::never());
    is_refused_ = false;
    return happening;
  } catch (const Error& failure) {
    // In a database that was put back, what is followed may not exist: a look tells better.
    const bool tells_nothing_new = is_refused_ && !awaited_.is_due();
    if (failure.code() != Code::kNotFound || tells_nothing_new) throw;
    is_refused_ = true;
    return {Happening::Kind::kReset};
  }
}

bool Waiting::follow(Follower& follower, Progress& progress) {
  for (;;) {
    awaited_.look_if_due();
    if (is_settled()) return true;
    const auto happening = next(follower);
    away_ = follower.trouble();
    if (happening.kind == Happening::Kind::kEnd || follower.is_asked_to_end()) return false;
    if (happening.kind == Happening::Kind::kFrame) {
      const auto frame = wire::decode_frame(happening.text);
      progress.tell(frame, awaited_.scope());
      awaited_.take(frame, happening.text);
    } else if (happening.kind != Happening::Kind::kBack) {
      awaited_.look_again();
    }
  }
}

bool Waiting::has_come_true() {
  if (!look_first()) return false;
  if (is_settled()) return true;
  Progress progress(session_, wait_);
  Follower follower(session_.api(), wakeups_,
                    {.query = awaited_.query(), .since = model::to_string(awaited_.cursor())});
  return follow(follower, progress);
}

/// What is known, and no more than that.
std::string Waiting::standing() const {
  const std::string& why = away_.empty() ? awaited_.trouble() : away_;
  const std::string reason = why.empty() ? "" : " (" + why + ")";
  if (!awaited_.has_looked()) return "it is not known how it stands" + reason;
  return awaited_.standing() + (why.empty() ? "" : " when the daemon last answered" + reason);
}

int Waiting::ended() const {
  if (wakeups_.signal() == SIGALRM)
    throw Error(Code::kTimeout,
                "waited " + time::to_text(*patience_of(session_, wait_)) + " for " +
                    awaited_.condition() + ": " + standing(),
                "give it more time with --timeout, or leave that out to wait for ever");
  // Nobody reads the answer: that it came true must not be said all the same.
  return 128 + (wakeups_.signal() == 0 ? SIGPIPE : wakeups_.signal());
}

int run(Session& session, const Invocation& wait) {
  const auto awaited = awaited_of(session, wait);
  awaited->check_output(wait);
  {
    Wakeups wakeups(patience_of(session, wait));
    session.api().give_up_on(wakeups.end_descriptor());
    Waiting waiting(session, wait, *awaited, wakeups);
    try {
      if (!waiting.has_come_true()) return waiting.ended();
    } catch (const Error&) {
      // What a signal cut short is no failure.
      if (wakeups.is_asked_to_end()) return waiting.ended();
      throw;
    }
  }
  session.api().give_up_on(-1);
  return awaited->print(wait);
}

constexpr std::array kArgs{
    Arg{.name = "WHAT",
        .arity = Arity::kAny,
        .complete = Complete::kAwaited,
        .help = "`task ID…` or `sprint [S]` (default: current); nothing with --filter"},
};
constexpr std::array kFlags{
    Flag{.name = "for",
         .value = "CONDITION",
         .help = "of tasks: exists, ready, status=done, FIELD=VALUE; of a sprint: empty, closed, "
                 "status=STATE; of a filter: count=0, count>3",
         .complete = Complete::kCondition},
    Flag{.name = "filter",
         .value = "FILTER",
         .help = "count the tasks of this filter",
         .complete = Complete::kFilter},
    Flag{.name = "any", .value = "", .help = "one of the tasks is enough; without it all at once"},
    Flag{.name = "project",
         .value = "KEY",
         .help = "of `sprint`: whose current one, or whose of several with that name",
         .complete = Complete::kProject},
    Flag{.name = "timeout",
         .value = "DURATION",
         .help = "exit 124 after so long, of the whole wait; without it: never"},
    Flag{.name = "progress", .value = "", .help = "print changes to stderr while it waits"},
};
constexpr std::array kExamples{
    Example{"taskman wait task 42 --for status=done --timeout 10m", "until it is done"},
    Example{"taskman wait task 42 43 --for ready --any -q",
            "the id of the first that can be begun"},
    Example{"taskman wait task 42 --for assignee=none", "by any field of filters"},
    Example{"taskman wait sprint current --for empty", "until no open task is left in it"},
    Example{"taskman wait --filter 'label:release is:open' --for count=0 && ./release", "a gate"},
};

}  // namespace

extern const Command kWait;
constinit const Command kWait{
    .noun = "",
    .verb = "wait",
    .summary = "wait until tasks or a sprint are as they should be",
    .description =
        "Looks first, then follows the change log, and ends within milliseconds of the change. "
        "Outlives restarts of the daemon. A task or sprint that was never there is waited for, "
        "with a notice. What can no longer come true, because it was deleted, or dropped instead "
        "of done, is exit 7 at once, with the reason; with --any only when that is so of all.",
    .args = kArgs,
    .flags = kFlags,
    .examples = kExamples,
    .output = Output::kThing,
    .answers = task_kind,
    .or_answers = sprint_kind,
    .run = run,
};

}  // namespace taskman::cli
