#include "cli/commands/import_report.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

#include "cli/commands/files.hpp"
#include "common/util/text.hpp"

namespace taskman::cli {
namespace {

using error::Code;
using error::Error;
using error::Field;
using transfer::Place;
using wire::ImportOutcome;
using wire::ImportReport;
using wire::ImportResult;

constexpr std::array<std::string_view, 4> kKinds{"project", "sprint", "task", "comment"};

std::string_view verb_of(ImportOutcome outcome, bool dry_run) {
  switch (outcome) {
    case ImportOutcome::kCreated:
      return dry_run ? "would create" : "created";
    case ImportOutcome::kUpdated:
      return dry_run ? "would update" : "updated";
    case ImportOutcome::kUnchanged:
      return "unchanged";
    case ImportOutcome::kInvalid:
      break;
  }
  return dry_run ? "would leave out" : "left out";
}

std::string id_text(const ImportResult& result) {
  if (!result.id) return {};
  const auto* key = std::get_if<std::string>(&*result.id);
  return ' ' + (key != nullptr ? *key : std::to_string(std::get<std::int64_t>(*result.id)));
}

}  // namespace

FilePlaces::FilePlaces(const transfer::Request& request) : request_(request) {
  std::map<std::int64_t, std::int64_t> first;
  const auto note = [&](std::int64_t line, std::int64_t number) {
    if (first.emplace(line, number).first->second != number) shared_.insert(line);
  };
  for (const Place& place : request.places) note(place.line, place.number);
  for (const auto& problem : request.problems) note(problem.line, problem.number);
}

std::string FilePlaces::told(const Place& place, const std::string& message) const {
  if (!shared_.contains(place.line)) return message;
  return fmt::format("record {}: {}", place.number, message);
}

ImportReport FilePlaces::in_file(ImportReport report) const {
  for (ImportResult& result : report.results) {
    const Place& place = request_.places.at(static_cast<std::size_t>(result.line - 1));
    result.line = place.line;
    if (result.message) result.message = told(place, *result.message);
  }
  for (const auto& problem : request_.problems) {
    ++report.invalid;
    report.results.push_back({.line = problem.line,
                              .kind = "",
                              .outcome = ImportOutcome::kInvalid,
                              .id = std::nullopt,
                              .message = told({problem.line, problem.number}, problem.problem)});
  }
  std::ranges::stable_sort(report.results, {}, &ImportResult::line);
  return report;
}

Error refusal(const std::string& file, const ImportReport& report) {
  std::vector<Field> problems;
  for (const auto& result : report.results) {
    if (result.outcome == ImportOutcome::kInvalid)
      problems.push_back({std::to_string(result.line), result.message.value_or("")});
  }
  std::string message =
      problems.size() == 1
          ? fmt::format("{}, line {}: {}", file, problems.front().name, problems.front().message)
          : fmt::format("{}: {} records cannot be imported", file, problems.size());
  return {Code::kInvalidValue, std::move(message),
          "nothing was imported; correct them, or leave them out with --skip-invalid",
          std::move(problems)};
}

std::string summary(const ImportReport& report) {
  std::map<ImportOutcome, std::map<std::string_view, std::int64_t>> counts;
  for (const auto& result : report.results) ++counts[result.outcome][result.kind];
  std::string text;
  for (auto& [outcome, of_kind] : counts) {
    std::string list;
    const auto add = [&](std::int64_t count, std::string_view thing) {
      if (count > 0) (list += list.empty() ? "" : ", ") += count_text(count, thing);
    };
    if (outcome == ImportOutcome::kInvalid) {
      add(report.invalid, "record");
    } else {
      for (const auto kind : kKinds) add(of_kind[kind], kind);
    }
    text += fmt::format("{} {}\n", verb_of(outcome, report.dry_run), list);
  }
  return text;
}

std::string task_ids(const ImportReport& report) {
  std::string text;
  std::set<model::EntityId> seen;
  for (const auto& result : report.results) {
    if (result.kind != "task" || !result.id || !seen.insert(*result.id).second) continue;
    text += id_text(result).substr(1) + '\n';
  }
  return text;
}

std::string result_text(const ImportResult& result, bool dry_run) {
  std::string text = fmt::format("line {}: {}", result.line, verb_of(result.outcome, dry_run));
  if (!result.kind.empty()) text += ' ' + result.kind + id_text(result);
  if (result.message) text += ": " + *result.message;
  return text;
}

}  // namespace taskman::cli
