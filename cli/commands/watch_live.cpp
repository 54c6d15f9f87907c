#include "cli/commands/watch_live.hpp"

#include <unistd.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "cli/commands/follow.hpp"
#include "cli/commands/frames.hpp"
#include "cli/commands/name_cache.hpp"
#include "cli/render/screen.hpp"
#include "common/error/error.hpp"
#include "common/wire/json.hpp"
#include "common/wire/log.hpp"

namespace taskman::cli {
namespace {

using namespace std::chrono_literals;
using client::Deadline;
using client::Happening;
using render::Tone;
using Kind = Happening::Kind;

constexpr std::size_t kKeptChanges = 200;  // more than any terminal is high
constexpr auto kBetweenDraws = 40ms;  // what a person sees as at once; bursts are drawn together
constexpr auto kDayChanges = 60s;     // "days left" moves without a change
constexpr auto kOneAnswer = 3000ms;

/// A view does not wait long, starts no daemon (the follower does), and has the screen to itself.
client::ApiOptions for_a_view(client::ApiOptions options) {
  options.timeout = std::min<std::chrono::milliseconds>(options.timeout, kOneAnswer);
  options.autostart = client::Autostart::kNo;
  options.notice = [](std::string_view) {};
  return options;
}

class LiveView {
 public:
  LiveView(Session& session, Subject& subject, int end_descriptor, const ViewStart& begin)
      : session_(session),
        subject_(subject),
        api_(for_a_view(session.api().options())),
        names_(session, api_),
        how_(begin.how),
        screen_(STDOUT_FILENO) {
    api_.give_up_on(end_descriptor);
    activity_.zone = &session.zone();
    activity_.state = {"connecting", Tone::kDim};
    for (const auto& frame : begin.frames) add(frame);
  }

  /// Until the end.
  void run(client::Follower& follower) {
    for (show(); !is_reached();) {
      if (!take(follower.next(Deadline::after(pending_ ? kBetweenDraws : kDayChanges)))) return;
    }
  }

 private:
  bool is_reached() { return subject_.goal && !is_away_ && subject_.goal->is_reached(api_); }

  /// False at the end.
  bool take(const Happening& happening) {
    switch (happening.kind) {
      case Kind::kEnd:
        return false;
      case Kind::kResized:
        draw();
        return true;
      case Kind::kSuspend:
        suspend();
        return true;
      case Kind::kFrame:
        add(happening.text);
        if (subject_.goal) subject_.goal->look_again();
        pending_ = true;
        // What comes together is drawn together, but no later than a person would notice.
        if (client::Steady::now() - drawn_ >= kBetweenDraws) show();
        return true;
      case Kind::kLost:
      case Kind::kReset:
      case Kind::kStarted:
      case Kind::kPolling:
      case Kind::kBack:
        say(happening);
        break;
      case Kind::kTime:
        break;
    }
    show();
    return true;
  }

  /// In the last line of the view, and on stderr where that is another place.
  void say(const Happening& happening) {
    is_away_ = happening.kind == Kind::kLost;
    if (subject_.goal) subject_.goal->look_again();
    const auto line = told(happening);
    if (is_away_ || happening.kind == Kind::kReset) {
      activity_.state = {line, Tone::kBad};
    } else {
      activity_.state = {line.empty() ? how_ : how_ + " · " + line, Tone::kDim};
    }
    if (!line.empty() && !session_.terminal().err_is_terminal()) session_.notice(line);
  }

  void add(const std::string& text) {
    auto frame = wire::decode_frame(text);
    names_.learn(frame);
    frame = about(std::move(frame), subject_.scope);
    if (frame.changes.size() > kKeptChanges)
      frame.changes.erase(frame.changes.begin(), frame.changes.end() - kKeptChanges);
    auto& changes = activity_.changes;
    for (auto& line : render::describe(frame, names_.names()))
      changes.insert(changes.begin(), std::move(line));
    if (changes.size() > kKeptChanges) changes.resize(kKeptChanges);
  }

  void show() {
    if (!is_away_) load();
    draw();
    pending_ = false;
  }

  /// What is shown stays when there is no answer: the follower tells what is wrong.
  void load() {
    try {
      subject_.panel->load(api_);
    } catch (const error::Error& failure) {
      if (!error::row(failure.code()).retryable) throw;
    }
  }

  void draw() {
    activity_.now = session_.now();
    screen_.draw(subject_.panel->lines(activity_, screen_.size()), session_.colour());
    drawn_ = client::Steady::now();
  }

  void suspend() {
    screen_.leave();
    client::Wakeups::suspend();
    screen_.enter();
    show();
  }

  Session& session_;
  Subject& subject_;
  client::Api api_;
  NameCache names_;
  const std::string how_;
  render::Activity activity_;
  client::Steady::time_point drawn_;
  bool pending_ = false;  ///< a change is not shown yet
  bool is_away_ = false;
  render::Screen screen_;  ///< last: the first to be destroyed, so the terminal is put back before
                           ///< anything is said
};

}  // namespace

int run_live_view(Session& session, Subject& subject, client::Follower& follower,
                  const client::Wakeups& wakeups, const ViewStart& begin) {
  LiveView(session, subject, wakeups.end_descriptor(), begin).run(follower);
  return exit_code(wakeups);
}

}  // namespace taskman::cli
