#include "cli/commands/take_back.hpp"

#include <fmt/core.h>

#include <chrono>
#include <filesystem>

#include "cli/commands/detail.hpp"
#include "cli/commands/frames.hpp"
#include "cli/commands/name_cache.hpp"
#include "common/config/paths.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/log.hpp"
#include "common/wire/paths.hpp"
#include "common/wire/undo.hpp"

namespace taskman::cli {
namespace {

using render::Align;
using render::Fields;
using render::Fit;
using render::Tone;

Fields report_fields() { return wire::field_names(wire::encode(wire::UndoReport{})); }
Fields item_fields() { return wire::field_names(wire::encode(wire::UndoItem{})); }

render::Table report_table(Session&, const Items& items) {
  render::Table table;
  table.columns = {{"VERB"},
                   {"REV", Align::kRight},
                   {"ORIGINAL", Align::kRight},
                   {"WHAT", Align::kLeft, Fit::kShrink}};
  for (const auto& item : items) {
    const auto report = wire::decode_undo_report(item);
    table.rows.push_back({{report.verb},
                          {report.rev ? std::to_string(*report.rev) : ""},
                          {std::to_string(report.original)},
                          {report.what}});
  }
  return table;
}

render::Table item_table(Session& session, const Items& items) {
  render::Table table;
  table.columns = {{"REV", Align::kRight},
                   {"WHEN"},
                   {"STATE"},
                   {"WHAT", Align::kLeft, Fit::kShrink},
                   {"CAN BE UNDONE", Align::kLeft, Fit::kShrink}};
  for (const auto& item : items) {
    const auto change = wire::decode_undo_item(item);
    table.rows.push_back({{std::to_string(change.rev), Tone::kAccent},
                          {when_text(session, change.at), Tone::kDim},
                          {change.state},
                          {change.what, change.undoable ? Tone::kPlain : Tone::kDim},
                          {change.reason ? "no: " + *change.reason : "yes",
                           change.undoable ? Tone::kGood : Tone::kDim}});
  }
  return table;
}

constexpr std::string_view kReportColumns = "verb,rev,of,original,what";
constexpr Kind kUndo{"rev", "changes", kReportColumns, report_fields, report_table};
constexpr Kind kUndoList{"rev", "changes of yours", "rev,at,state,undone_by,undoable,what,reason",
                         item_fields, item_table};

std::optional<std::int64_t> revision_of(const Invocation& invocation) {
  const auto word = invocation.first(kRevArg);
  if (!word) return std::nullopt;
  const auto rev = util::parse_integer(*word);
  if (!rev || *rev < 1) {
    throw error::Error(error::Code::kInvalidValue,
                       "REV: '" + util::escape_for_terminal(*word) + "' is not a revision",
                       "revisions are numbers from 1 up; yours: taskman undo --list");
  }
  return rev;
}

std::string sentence(const Invocation& invocation, const wire::UndoReport& report) {
  const std::string_view dry = invocation.has("dry-run") ? "dry run: " : "";
  const std::string_view done = report.verb == "redo" ? "redone" : "undone";
  return fmt::format("{}{} {}: {}\n", dry, done, report.original,
                     util::escape_for_terminal(report.what));
}

void print_changes(Session& session, const wire::UndoReport& report) {
  if (!report.changes) return;
  NameCache names(session);
  wire::Frame frame{.at = session.now(), .actor = session.actor()};
  frame.changes = wire::decode_changes({.changes = *report.changes});
  names.learn(frame);
  session.print(frame_text(session, frame, names.names()));
}

/// When the settings were last written; none when there are none.
std::optional<util::Instant> settings_written(const std::string& file) {
  std::error_code failure;
  const auto at = std::filesystem::last_write_time(file, failure);
  if (failure) return std::nullopt;
  return std::chrono::floor<util::Instant::duration>(std::chrono::file_clock::to_sys(at));
}

/// Whoever means the settings by the last command gets another one taken back: the daemon knows of
/// what is in the store only.
void say_what_is_not_covered(Session& session, const wire::UndoReport& report) {
  const auto& world = session.world();
  const std::string file = config::config_file(world.environment, world.account);
  const auto written = settings_written(file);
  if (!report.at || !written || *written <= *report.at) return;
  session.notice(fmt::format(
      "taskman: settings, which undo does not cover, were changed after that: {}", file));
}

}  // namespace

const Kind& undo_kind() { return kUndo; }
const Kind& undo_list_kind() { return kUndoList; }

int take_back(Session& session, const Invocation& invocation, Direction direction) {
  check_fields(invocation, undo_kind());
  const wire::UndoCommand command{.rev = revision_of(invocation),
                                  .redo = direction == Direction::kRedo};
  client::Call call{.method = "POST", .path = std::string(wire::kUndo)};
  if (invocation.has("dry-run")) call.query.emplace_back("dry_run", "1");
  call.body = wire::encode(command);
  const auto answer = session.api().write(std::move(call));
  const auto report = wire::decode_undo_report(answer.data);
  if (!command.rev && !command.redo) say_what_is_not_covered(session, report);
  if (is_sentence(session, invocation)) {
    session.print(sentence(invocation, report));
    print_changes(session, report);
  } else if (session.mode() != Mode::kIds || !invocation.has("dry-run")) {
    print_thing(session, invocation, answer, undo_kind(), nullptr);
  }
  say_dry_run(session, invocation);
  return 0;
}

}  // namespace taskman::cli
