// The answer of an import, as the client reads it.

#include <algorithm>
#include <array>
#include <cstddef>

#include "common/wire/import.hpp"
#include "common/wire/read.hpp"
#include "common/wire/rows.hpp"
#include "common/wire/slice.hpp"

namespace taskman::wire {
namespace {

constexpr std::array<std::string_view, 4> kOutcomes{"created", "updated", "unchanged", "invalid"};

void get_outcome(const Field& field, ImportResult& to) {
  std::string text;
  get(field, text);
  const auto found = std::ranges::find(kOutcomes, text);
  if (found == kOutcomes.end()) refuse(field, "one of created, updated, unchanged, invalid");
  to.outcome = static_cast<ImportOutcome>(found - kOutcomes.begin());
}

constexpr std::array kResult{
    row<ImportResult, &ImportResult::line>("line"),
    row<ImportResult, &ImportResult::kind>("kind"),
    Row<ImportResult>{"outcome", get_outcome},
    row<ImportResult, &ImportResult::id>("id"),
    row<ImportResult, &ImportResult::message>("message"),
};

constexpr std::array kReport{
    row<ImportReport, &ImportReport::dry_run>("dry_run"),
    row<ImportReport, &ImportReport::created>("created"),
    row<ImportReport, &ImportReport::updated>("updated"),
    row<ImportReport, &ImportReport::unchanged>("unchanged"),
    row<ImportReport, &ImportReport::invalid>("invalid"),
};

}  // namespace

std::string_view name(ImportOutcome outcome) {
  return kOutcomes[static_cast<std::size_t>(outcome)];
}

// Sliced, not parsed whole: there is one result per line of a file of any length.
ImportReport decode_import_report(std::string_view json) {
  ImportReport report;
  for (const auto& [name, text] : slice_object(json, "import report")) {
    const auto known = std::ranges::find(kReport, name, &Row<ImportReport>::name);
    if (known != kReport.end()) known->get(Field{name, parse(text, name)}, report);
    if (name != "results") continue;
    for (const auto item : slice_array(text, "import results")) {
      get_object(parse(item, "import result"), kResult, report.results.emplace_back(),
                 Unknown::kIgnore, "import result");
    }
  }
  return report;
}

}  // namespace taskman::wire
