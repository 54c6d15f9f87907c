#include <algorithm>
#include <array>
#include <limits>

#include "cli/commands/consumer.hpp"
#include "cli/commands/follow.hpp"
#include "cli/commands/frame_sink.hpp"
#include "cli/commands/frames.hpp"
#include "cli/commands/name_cache.hpp"
#include "cli/commands/print.hpp"
#include "common/error/error.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

using error::Code;
using error::Error;

constexpr std::int64_t kAtOnce = 1000;  // frames a request

/// Who goes on where it stopped, and how the frames are taken.
class Reading {
 public:
  Reading(Session& session, const Invocation& invocation)
      : session_(session),
        names_(session),
        sink_(session, invocation, [this](const std::string& frame) { return text_of(frame); }),
        left_(limit_of(invocation).value_or(std::numeric_limits<std::int64_t>::max())) {
    if (const auto name = invocation.value("consumer")) consumer_.emplace(session, *name);
  }

  std::int64_t left() const { return left_; }
  bool is_consumer() const { return consumer_.has_value(); }
  /// Where to begin.
  std::optional<std::string> begin(const Invocation& invocation) {
    auto since = since_of(invocation);
    if (!since && consumer_) since = consumer_->cursor();
    sink_.begin_at(since);
    return since;
  }

  void take_reset(const std::string& data) {
    sink_.take_reset(data);
    session_.terminal().flush();
  }
  void take(const std::string& frame) {
    --left_;
    sink_.take(frame);
    if (sink_.runs_a_command()) settle();
  }
  /// All that was taken is done with.
  void settle() {
    sink_.begin_output();
    session_.terminal().flush();
    if (consumer_ && sink_.cursor()) consumer_->keep(*sink_.cursor());
  }

 private:
  std::optional<std::string> text_of(const std::string& frame) {
    if (session_.mode() != Mode::kHuman || session_.invocation().has("fields")) return std::nullopt;
    return frame_text(session_, wire::decode_frame(frame), names_.names());
  }

  Session& session_;
  NameCache names_;
  FrameSink sink_;
  std::int64_t left_;
  std::optional<Consumer> consumer_;
};

[[noreturn]] void refuse_gap(const std::string& why, const std::string& oldest) {
  throw Error(Code::kCursorGone, "changes are missing for this consumer: " + why,
              "read the state anew, then go on with what is kept: --since " + oldest);
}

/// The log after `since`, up to `limit` frames.
wire::Envelope page(Session& session, const std::optional<std::string>& since, std::int64_t limit) {
  client::Query query{{"limit", std::to_string(limit)}};
  if (since) query.emplace_back("since", *since);
  return session.api().get(std::string(wire::kEvents), std::move(query));
}

wire::Envelope page_for(Session& session, const std::optional<std::string>& since,
                        const Reading& reading) {
  try {
    return page(session, since, std::min(reading.left(), kAtOnce));
  } catch (const Error& failure) {
    if (failure.code() != Code::kCursorGone || !reading.is_consumer()) throw;
    const auto oldest = std::ranges::find(failure.fields(), "oldest", &error::Field::name);
    refuse_gap(failure.message(), oldest == failure.fields().end() ? "…" : oldest->message);
  }
}

/// What the log holds after `since`, in portions. Returns the cursor to go on from; none when it
/// was asked to end.
std::optional<std::string> read_kept(Session& session, client::Wakeups& wakeups,
                                     std::optional<std::string> since, Reading& reading) {
  for (;;) {
    const auto answer = page_for(session, since, reading);
    for (const auto& frame : wire::split_array(answer.data)) {
      if (wakeups.is_asked_to_end()) return std::nullopt;
      reading.take(frame);
    }
    reading.settle();
    since = model::to_string(answer.cursor.value());
    if (!answer.more.value_or(false) || reading.left() == 0) return since;
  }
}

int follow(Session& session, client::Wakeups& wakeups, std::string since, Reading& reading) {
  client::Follower follower(session.api(), wakeups,
                            {.query = {}, .since = std::move(since), .poll = {}});
  while (reading.left() > 0) {
    const auto happening = next_happening(session, follower, client::Deadline::never());
    if (happening.kind == client::Happening::Kind::kEnd || wakeups.is_asked_to_end())
      return exit_code(wakeups);
    if (happening.kind == client::Happening::Kind::kReset) {
      if (reading.is_consumer()) refuse_gap("the log was replaced", follower.cursor());
      reading.take_reset(happening.data);
      continue;
    }
    if (happening.kind != client::Happening::Kind::kFrame) continue;
    reading.take(happening.text);
    reading.settle();
  }
  return 0;
}

int read(Session& session, client::Wakeups& wakeups, const Invocation& invocation) {
  Reading reading(session, invocation);
  auto cursor = read_kept(session, wakeups, reading.begin(invocation), reading);
  if (!cursor) return exit_code(wakeups);
  if (!invocation.has("follow")) return 0;
  return follow(session, wakeups, std::move(*cursor), reading);
}

int run(Session& session, const Invocation& invocation) {
  client::Wakeups wakeups;
  session.api().give_up_on(wakeups.end_descriptor());
  try {
    return read(session, wakeups, invocation);
  } catch (const Error&) {
    // What a signal cut short, a call or a command that it ended with us, is no failure.
    if (wakeups.is_asked_to_end()) return exit_code(wakeups);
    throw;
  }
}

constexpr std::array kFlags{
    Flag{.name = "since",
         .value = "CURSOR",
         .help = "what came after this cursor; without it everything that is kept"},
    Flag{.name = "limit", .value = "N", .help = "at most so many changesets"},
    Flag{.name = "follow", .value = "", .help = "then go on as changes happen", .letter = 'f'},
    Flag{.name = "consumer",
         .value = "NAME",
         .help = "go on where the reader of that name stopped, and keep where it stops"},
    kExecFlag,
};
constexpr std::array kExamples{
    Example{"taskman events", "the whole change log, oldest first"},
    Example{"taskman events --since \"$cursor\" --json", "what a script has not seen yet"},
    Example{"taskman events --follow | jq -c '.changes[]'", "every change, now and from now on"},
    Example{"taskman events --follow --consumer ci --exec ./notify",
            "a job that sees every change, also those that happen while it does not run"},
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
    .answers = frame_kind,
    .run = run,
};

}  // namespace taskman::cli
