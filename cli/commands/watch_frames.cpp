#include "cli/commands/watch_frames.hpp"

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>

#include "cli/client/follower.hpp"
#include "cli/commands/follow.hpp"
#include "cli/commands/frame_sink.hpp"
#include "cli/commands/frames.hpp"
#include "cli/commands/name_cache.hpp"
#include "common/error/error.hpp"
#include "common/model/changeset.hpp"
#include "common/wire/log.hpp"

namespace taskman::cli {
namespace {

using namespace std::chrono_literals;
using client::Follower;
using client::Happening;
using error::Error;

constexpr int kEnded = -1;          // by a signal, or nobody reads us
constexpr auto kAskAgain = 1000ms;  // what got no answer

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

/// Ids only; for people whose terminal cannot redraw, in words.
std::optional<std::string> text_of(Session& session, const std::string& frame, const Scope& scope,
                                   NameCache& names) {
  if (session.mode() == Mode::kIds) return ids_of(about(wire::decode_frame(frame), scope));
  if (session.mode() != Mode::kHuman || session.invocation().has("fields")) return std::nullopt;
  return frame_text(session, about(wire::decode_frame(frame), scope), names.names());
}

/// Where frames come from, and where they go.
struct Taking {
  Session& session;
  client::Wakeups& wakeups;
  Subject& subject;
  FrameSink& sink;
  bool any = false;  ///< a frame was taken

  void take(const Happening& happening) {
    any = any || happening.kind == Happening::Kind::kFrame;
    if (happening.kind == Happening::Kind::kFrame) sink.take(happening.text);
    if (happening.kind == Happening::Kind::kReset) sink.take_reset(happening.data);
    session.terminal().flush();
  }
};

/// --until is true: what led there may still be on its way.
int take_rest(Taking& taking) {
  const auto& goal = taking.subject.goal->cursor();
  Follower rest(taking.session.api(), taking.wakeups,
                {.query = taking.subject.query,
                 .since = taking.sink.cursor(),
                 .poll = client::FollowPlan::kAsChangesCome});
  for (;;) {
    const auto at = model::parse_cursor(rest.cursor());
    const bool has_all = !goal || (at && at->rev >= goal->rev);
    const auto happening =
        next_happening(taking.session, rest, client::Deadline::after(has_all ? 0ms : kAskAgain));
    if (happening.kind == Happening::Kind::kEnd || rest.is_asked_to_end()) return kEnded;
    if (happening.kind == Happening::Kind::kTime && has_all) return 0;
    taking.take(happening);
  }
}

/// Each frame at once, to stdout or to a command.
int take_frames(Taking& taking, Follower& follower) {
  auto& [session, wakeups, subject, sink, any] = taking;
  for (;;) {
    if (subject.goal && subject.goal->is_reached(session.api())) return take_rest(taking);
    const bool asks_again = subject.goal && subject.goal->is_due();
    const auto deadline =
        asks_again ? client::Deadline::after(kAskAgain) : client::Deadline::never();
    const auto happening = next_happening(session, follower, deadline);
    if (happening.kind == Happening::Kind::kEnd || follower.is_asked_to_end()) return kEnded;
    taking.take(happening);
    if (subject.goal) subject.goal->look_again();
  }
}

/// It was true before anything came: nothing on stdout needs a word.
void say_nothing_came(Session& session, Subject& subject, const std::string& since) {
  if (subject.goal->is_of_nothing(session.api()))
    session.notice(kOfNothing);
  else
    session.notice("taskman: --until is true already, and nothing changed since " + since);
}

}  // namespace

int run_watch_frames(Session& session, const Invocation& invocation, Subject& subject,
                     client::FollowPlan plan) {
  NameCache names(session);
  FrameSink sink(session, invocation, [&](const std::string& frame) {
    return text_of(session, frame, subject.scope, names);
  });
  sink.begin_at(plan.since);
  client::Wakeups wakeups;
  Follower follower(session.api(), wakeups, std::move(plan));
  Taking taking{session, wakeups, subject, sink};
  try {
    const int code = take_frames(taking, follower);
    sink.begin_output();
    if (code == kEnded) return exit_code(wakeups);
    const auto since = invocation.value("since");
    if (since && !taking.any) say_nothing_came(session, subject, *since);
    return code;
  } catch (const Error&) {
    // What a signal cut short, a call or a command that it ended with us, is no failure.
    if (wakeups.is_asked_to_end()) return exit_code(wakeups);
    throw;
  }
}

}  // namespace taskman::cli
