#include "common/wire/views.hpp"

#include <array>

#include "common/wire/by_columns.hpp"
#include "common/wire/entities.hpp"
#include "common/wire/rows.hpp"

namespace taskman::wire {
namespace {

constexpr std::array kLabelCount{
    column<LabelCount, &LabelCount::name>("name"),
    column<LabelCount, &LabelCount::tasks>("tasks"),
};

constexpr std::array kCandidate{
    column<Candidate, &Candidate::value>("value"),
    column<Candidate, &Candidate::description>("description"),
};

constexpr std::array kHealth{
    column<Health, &Health::status>("status"), column<Health, &Health::version>("version"),
    column<Health, &Health::store>("store"),   column<Health, &Health::database>("database"),
    column<Health, &Health::pid>("pid"),       column<Health, &Health::started_at>("started_at"),
    column<Health, &Health::head>("head"),     column<Health, &Health::oldest>("oldest"),
};

constexpr std::array kBackup{
    column<BackupReport, &BackupReport::path>("path"),
    column<BackupReport, &BackupReport::bytes>("bytes"),
};

struct BackupCommand {
  std::string path;
};
constexpr std::array kCommand{row<BackupCommand, &BackupCommand::path>("path")};

}  // namespace

std::string encode(const SprintView& view) {
  std::string out;
  Object{out}("sprint", Raw{encode(view.sprint)})("progress", view.progress)("days_left",
                                                                             view.days_left)
      .close();
  return out;
}

SprintView decode_sprint_view(std::string_view json) {
  SprintView view;
  const Value value = parse(json, "sprint progress", kAnyValues);
  for (const auto& [name, member] : as_object(value, "sprint progress")) {
    const Field field{name, member};
    if (name == "sprint") get_object(member, sprint_columns(), view.sprint, Unknown::kIgnore, name);
    if (name == "progress") get(field, view.progress);
    if (name == "days_left") get(field, view.days_left);
  }
  return view;
}

const model::Progress& settled_progress(const SprintView& view) {
  return view.sprint.report ? view.sprint.report->progress : view.progress;
}

std::string encode(const LabelCount& label) { return encode_by(kLabelCount, label); }
LabelCount decode_label_count(std::string_view json) {
  return decode_by(kLabelCount, json, "label");
}

std::string encode(const Candidate& candidate) { return encode_by(kCandidate, candidate); }
Candidate decode_candidate(std::string_view json) {
  return decode_by(kCandidate, json, "candidate");
}

std::string encode(const Health& health) { return encode_by(kHealth, health); }
Health decode_health(std::string_view json) { return decode_by(kHealth, json, "health"); }

std::string encode(const BackupReport& report) { return encode_by(kBackup, report); }
BackupReport decode_backup_report(std::string_view json) {
  return decode_by(kBackup, json, "backup");
}

std::string encode_backup_command(std::string_view path) {
  std::string out;
  Object{out}("path", path).close();
  return out;
}

std::string decode_backup_command(std::string_view json) {
  constexpr std::string_view kWhat = "backup";
  auto command = decode_input<BackupCommand>(json, kCommand, kWhat);
  if (command.path.empty()) refuse_missing("path", kWhat);
  return command.path;
}

}  // namespace taskman::wire
