#include <array>

#include "cli/client/log_tail.hpp"
#include "cli/client/wakeups.hpp"
#include "cli/commands/follow.hpp"
#include "cli/commands/print.hpp"
#include "cli/render/line.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/fields.hpp"

namespace taskman::cli {
namespace {

using Reason = client::Wakeups::Reason;
using render::Span;
using render::Tone;

constexpr std::size_t kUsualLines = 50;

std::size_t line_count(const Invocation& invocation) {
  const auto text = invocation.value("lines");
  if (!text) return kUsualLines;
  const auto count = util::parse_integer(*text);
  if (count && *count >= 0) return static_cast<std::size_t>(*count);
  throw error::Error(error::Code::kInvalidValue, "--lines: '" + util::escape_for_terminal(*text) +
                                                     "' is not a number from 0 up");
}

Tone tone_of_level(std::string_view level) {
  if (level == "error") return Tone::kBad;
  return level == "warning" ? Tone::kBusy : Tone::kPlain;
}

/// A record as people read it; what is no record stays as it is.
std::vector<Span> spans_of(const std::string& line) {
  std::vector<Span> spans;
  std::string rest;
  try {
    for (const auto& [name, json] : wire::members_of(line)) {
      const auto text = wire::value_text(json);
      if (name == "at") spans.push_back({text, Tone::kDim});
      if (name == "level") spans.push_back({"  " + text, tone_of_level(text)});
      if (name == "message") spans.push_back({"  " + text, Tone::kBold});
      if (name != "at" && name != "level" && name != "message") rest += "  " + name + "=" + text;
    }
  } catch (const error::Error&) {
    return {{line}};
  }
  spans.push_back({rest, Tone::kDim});
  return spans;
}

/// What is no record, as of a program that the daemon started, is one with a message only.
std::string record_of(const std::string& line) {
  try {
    wire::members_of(line);
    return line;
  } catch (const error::Error&) {
    return wire::object_of({{"message", wire::quote(line)}});
  }
}

class LogPrinter {
 public:
  explicit LogPrinter(Session& session)
      : session_(session),
        lines_(session),
        for_people_(session.mode() == Mode::kHuman && !session.invocation().has("fields")) {}

  void print(const std::vector<std::string>& lines) {
    session_.print(lines_.head());
    for (const auto& line : lines) session_.print(text_of(line));
    session_.terminal().flush();
  }

 private:
  std::string text_of(const std::string& line) const {
    if (!for_people_) return lines_.line(record_of(line));
    return render::paint(spans_of(line), std::string::npos, session_.colour()) + "\n";
  }

  Session& session_;
  StreamLines lines_;
  bool for_people_;
};

int follow(LogPrinter& printer, client::LogTail& tail) {
  client::Wakeups wakeups;
  for (;;) {
    printer.print(tail.next());
    const auto reason = wakeups.wait(tail.descriptor(), client::Deadline::never());
    if (reason == Reason::kSignal || reason == Reason::kOutputGone) return exit_code(wakeups);
  }
}

int run(Session& session, const Invocation& invocation) {
  client::LogTail tail(session.local_daemon().paths.log);
  LogPrinter printer(session);
  printer.print(tail.last(line_count(invocation)));
  return invocation.has("follow") ? follow(printer, tail) : 0;
}

constexpr std::array kFlags{
    Flag{.name = "lines", .value = "N", .help = "the last N lines; 50", .letter = 'n'},
    Flag{.name = "follow", .value = "", .help = "then print lines as they come", .letter = 'f'},
};
constexpr std::array kExamples{
    Example{"taskman daemon logs", "the last lines of its log"},
    Example{"taskman daemon logs -n 1000 --json | jq 'select(.level == \"error\")'",
            "only what went wrong"},
    Example{"taskman daemon logs --follow", "what it does now"},
};

}  // namespace

extern const Command kDaemonLogs;
constinit const Command kDaemonLogs{
    .noun = "daemon",
    .verb = "logs",
    .summary = "print the daemon's log",
    .description = "Daemons of several databases share a log; the process id tells them apart.",
    .flags = kFlags,
    .examples = kExamples,
    .output = Output::kStream,
    .answers = log_record_kind,
    .needs = Needs::kNothing,
    .run = run};

}  // namespace taskman::cli
