#pragma once
// The lines of an import and what became of each.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/error/error.hpp"
#include "common/wire/import.hpp"

namespace taskman::service {

/// Owned by one import; used on its thread.
struct ImportLine {
  /// None: it cannot be read. Shared, because a transaction works on a copy of the lines.
  std::shared_ptr<const wire::ImportRecord> record;
  wire::ImportResult result;

  bool is_valid() const { return result.outcome != wire::ImportOutcome::kInvalid; }
  void refuse(std::string message);
  void refuse(const error::Error& failure);
  /// Runs `step`; what it throws is what is wrong with this line.
  template <typename Step>
  void attempt(const Step& step) {
    try {
      step();
    } catch (const error::Error& failure) {
      refuse(failure);
    }
  }
};

/// Blank lines are left out; the numbers count them. Throws kPayloadTooLarge when there are too
/// many.
std::vector<ImportLine> read_lines(std::string_view text);

wire::ImportReport report_of(const std::vector<ImportLine>& lines);

/// Throws kInvalidValue with a field per bad line, of which the first hundred are named, when there
/// is one.
void refuse_if_invalid(const std::vector<ImportLine>& lines);

}  // namespace taskman::service
