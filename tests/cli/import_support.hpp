#pragma once
// Parsing as the tests see it: records as their lines.

#include <string>
#include <vector>

#include "cli/import/format.hpp"
#include "common/time/text.hpp"
#include "common/time/zone.hpp"

namespace taskman::test {

inline std::vector<transfer::Parsed> parsed(std::string_view format, std::string_view text) {
  static const time::UtcZone zone;
  return transfer::parse_file(format, text,
                              {.zone = zone, .now = *time::parse_rfc3339("2026-11-23T12:00:00Z")});
}

/// `3: {…}` for a record, `3! …` for a problem.
inline std::vector<std::string> shown(std::string_view format, std::string_view text) {
  std::vector<std::string> lines;
  for (const auto& found : parsed(format, text)) {
    const auto line = std::to_string(found.line);
    lines.push_back(found.record ? line + ": " + wire::encode(*found.record)
                                 : line + "! " + found.problem);
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace taskman::test
