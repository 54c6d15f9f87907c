#include "daemon/service/import_lines.hpp"

#include <fmt/core.h>

#include <array>

#include "common/util/text.hpp"

namespace taskman::service {
namespace {

/// A line costs far more memory than its few bytes.
constexpr std::size_t kMostLines = 100'000;

constexpr std::array<std::string_view, 4> kKinds{"task", "project", "sprint", "comment"};

ImportLine read_line(std::string_view text, std::int64_t number) {
  ImportLine line;
  line.result.line = number;
  line.attempt([&] {
    line.record = std::make_shared<wire::ImportRecord>(wire::decode_import_record(text));
    line.result.kind = kKinds.at(line.record->index());
  });
  return line;
}

[[noreturn]] void refuse_many_lines() {
  throw error::Error(error::Code::kPayloadTooLarge,
                     fmt::format("an import has at most {} lines", kMostLines),
                     "split the file and import its parts one after the other");
}

std::int64_t& count_of(wire::ImportReport& report, wire::ImportOutcome outcome) {
  switch (outcome) {
    case wire::ImportOutcome::kCreated:
      return report.created;
    case wire::ImportOutcome::kUpdated:
      return report.updated;
    case wire::ImportOutcome::kUnchanged:
      return report.unchanged;
    case wire::ImportOutcome::kInvalid:
      break;
  }
  return report.invalid;
}

}  // namespace

void ImportLine::refuse(std::string message) {
  result.outcome = wire::ImportOutcome::kInvalid;
  result.message = std::move(message);
  result.id.reset();
}

void ImportLine::refuse(const error::Error& failure) { refuse(failure.message()); }

std::vector<ImportLine> read_lines(std::string_view text) {
  std::vector<ImportLine> lines;
  for (std::int64_t number = 1; !text.empty(); ++number) {
    const auto end = text.find('\n');
    const std::string_view line = util::trim(text.substr(0, end));
    if (lines.size() == kMostLines) refuse_many_lines();
    if (!line.empty()) lines.push_back(read_line(line, number));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return lines;
}

wire::ImportReport report_of(const std::vector<ImportLine>& lines) {
  wire::ImportReport report;
  for (const ImportLine& line : lines) {
    ++count_of(report, line.result.outcome);
    report.results.push_back(line.result);
  }
  return report;
}

void refuse_if_invalid(const std::vector<ImportLine>& lines) {
  std::vector<error::Field> fields;
  std::size_t invalid = 0;
  for (const ImportLine& line : lines) {
    if (line.is_valid() || ++invalid > wire::kMostNamedLines) continue;
    fields.push_back({std::to_string(line.result.line), line.result.message.value_or("")});
  }
  if (fields.empty()) return;
  std::string message = fmt::format("line {}: {}", fields.front().name, fields.front().message);
  if (invalid > 1) message += fmt::format(" (and {} more)", invalid - 1);
  throw error::Error(
      error::Code::kInvalidValue, std::move(message),
      "nothing was imported; correct the lines, or leave them out with --skip-invalid",
      std::move(fields));
}

}  // namespace taskman::service
