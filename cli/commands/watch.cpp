#include <unistd.h>

#include <array>
#include <deque>
#include <memory>
#include <string>
#include <utility>

#include "cli/client/follower.hpp"
#include "cli/command.hpp"
#include "cli/commands/follow.hpp"
#include "cli/commands/ids.hpp"
#include "cli/commands/watch_panel.hpp"
#include "cli/render/screen.hpp"
#include "cli/session/session.hpp"
#include "common/error/error.hpp"
#include "common/filter/filter.hpp"
#include "common/time/text.hpp"
#include "common/util/text.hpp"
#include "common/wire/json.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

using namespace std::chrono_literals;
using client::Deadline;
using client::Follower;
using client::Happening;
using error::Code;
using error::Error;

constexpr std::size_t kKeptChanges = 200;
constexpr auto kBetweenDraws = 40ms;  // what a person sees as at once; bursts are drawn together
constexpr auto kDayChanges = 60s;     // "days left" moves without a change

/// What is watched: what of the feed, and what a terminal shows of it.
struct Subject {
  client::Query query;
  std::unique_ptr<Panel> panel;
};

client::Query project_query(Session& session) {
  const auto project = session.settings().text(config::Key::kProject);
  return project ? client::Query{{"project", *project}} : client::Query{};
}

Subject sprint_subject(Session& session, const std::string& word) {
  // By its id from here on: `current` may become another sprint while we watch.
  const auto answer = session.api().get(wire::sprint_path(word), project_query(session));
  const auto id = wire::decode_sprint(answer.data).id;
  return {{{"sprint", std::to_string(id.value)}}, sprint_panel(id)};
}

Subject task_subject(Session& session, const Values& words) {
  const auto ids = read_ids(session, words);
  std::string list;
  for (const auto id : ids) list += (list.empty() ? "" : ",") + std::to_string(id.value);
  if (ids.size() > 1) return {{{"task", list}}, list_panel("tasks " + list, "id:" + list)};
  session.api().get(wire::task_path(ids.front()));  // an unknown task is said at once
  return {{{"task", list}}, task_panel(ids.front())};
}

Subject filter_subject(Session& session, const std::string& filter) {
  const auto parsed = filter::parse(filter, session.filter_context());
  if (filter::uses_body(parsed)) {
    throw Error(Code::kInvalidValue, "body: cannot be followed: the log does not carry bodies",
                "leave out body:");
  }
  const bool open_only = !filter::names_status(parsed);
  std::string listed = filter.empty() ? "" : "(" + filter + ")";
  if (open_only) listed += listed.empty() ? "is:open" : " is:open";
  client::Query query;
  if (!filter.empty()) query.emplace_back("filter", filter);
  return {std::move(query), list_panel(filter.empty() ? "all changes" : filter, listed)};
}

Subject subject_of(Session& session, Values words) {
  const std::string first = words.empty() ? "" : words.front();
  if (first != "task" && first != "sprint") return filter_subject(session, util::join(words, " "));
  words.erase(words.begin());
  if (first == "task") {
    if (words.empty())
      throw Error(Code::kUsage, "watch task: no id given", "give ids: taskman watch task 42");
    return task_subject(session, words);
  }
  if (words.size() > 1)
    throw Error(Code::kUsage, "watch sprint: one sprint at a time", "quote a name with spaces");
  return sprint_subject(session, words.empty() ? "current" : words.front());
}

std::optional<std::chrono::milliseconds> poll_interval(const Invocation& invocation) {
  const auto given = invocation.value("poll");
  if (!given) return std::nullopt;
  const auto interval = given->empty() ? 5000ms : time::parse_duration(*given).value_or(0ms);
  if (interval < 100ms) {
    throw Error(Code::kInvalidValue, "--poll: '" + *given + "' is not a time of 100ms or more",
                "give seconds: --poll=5");
  }
  return interval;
}

/// One frame a line, at once.
int print_frames(Session& session, Follower& follower, const client::Wakeups& wakeups) {
  while (const auto frame = next_frame(session, follower)) {
    session.terminal().print(*frame + "\n");
    session.terminal().flush();
  }
  return exit_code(wakeups);
}

class LiveView {
 public:
  LiveView(Session& session, Panel& panel, std::string live)
      : session_(session),
        panel_(panel),
        names_(session.api()),
        live_(std::move(live)),
        screen_(STDOUT_FILENO) {
    activity_.zone = &session.zone();
    activity_.state = "connecting";
  }

  int run(Follower& follower, const client::Wakeups& wakeups) {
    reload();
    for (;;) {
      const auto happening = follower.next(Deadline::after(pending_ ? kBetweenDraws : kDayChanges));
      if (happening.kind == Happening::Kind::kEnd) return exit_code(wakeups);
      take(happening);
      // What came together is drawn together, but no later than a person would notice.
      if (happening.kind != Happening::Kind::kFrame ||
          client::Steady::now() - drawn_ >= kBetweenDraws)
        reload();
    }
  }

 private:
  void take(const Happening& happening) {
    if (happening.kind == Happening::Kind::kFrame) {
      pending_ = true;
      const auto frame = wire::decode_frame(happening.text);
      for (auto& line : render::describe(frame, names_.names()))
        activity_.changes.insert(activity_.changes.begin(), std::move(line));
      if (activity_.changes.size() > kKeptChanges) activity_.changes.resize(kKeptChanges);
    }
    const auto line = told(happening);
    if (happening.kind == Happening::Kind::kLost || happening.kind == Happening::Kind::kReset)
      activity_.state = line;
    if (happening.kind == Happening::Kind::kStarted) activity_.state = live_;
    if (happening.kind == Happening::Kind::kBack) activity_.state = live_ + " · " + line;
    is_away_ = happening.kind == Happening::Kind::kLost;
  }

  void reload() {
    if (!is_away_) panel_.load(session_.api());
    const auto size = screen_.size();
    std::vector<std::string> painted;
    for (const auto& line : panel_.lines(activity_, size)) {
      painted.push_back(
          render::paint(line, static_cast<std::size_t>(size.columns), session_.colour()));
    }
    screen_.draw(painted);
    drawn_ = client::Steady::now();
    pending_ = false;
  }

  Session& session_;
  Panel& panel_;
  NameCache names_;
  const std::string live_;
  render::Activity activity_;
  client::Steady::time_point drawn_;
  bool pending_ = false;
  bool is_away_ = false;
  render::Screen screen_;  ///< last: the first to be destroyed, so the terminal is put back before
                           ///< anything is said
};

int run(Session& session, const Invocation& invocation) {
  client::FollowPlan plan{
      .query = {}, .since = since_of(invocation), .poll = poll_interval(invocation)};
  auto subject = subject_of(session, invocation.all("WHAT"));
  plan.query = subject.query;
  const auto interval = plan.poll;
  client::Wakeups wakeups;
  Follower follower(session.api(), wakeups, std::move(plan));
  if (session.mode() != Mode::kHuman) return print_frames(session, follower, wakeups);
  subject.panel->load(session.api());
  const std::string live =
      interval ? "polling every " + std::to_string(interval->count() / 1000) + " s" : "live";
  return LiveView(session, *subject.panel, live).run(follower, wakeups);
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
