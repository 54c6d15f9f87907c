#include "cli/import/json_records.hpp"

#include <algorithm>

#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/slice.hpp"

namespace taskman::transfer {
namespace {

std::vector<JsonRecord> with_lines(std::string_view text, const wire::Slices& slices) {
  std::vector<JsonRecord> records;
  std::int64_t line = 1;
  const char* counted = text.data();
  for (const auto slice : slices) {
    line += std::count(counted, slice.data(), '\n');
    counted = slice.data();
    records.push_back({line, slice});
  }
  return records;
}

// What may stand around an object when there is one on each line of an array.
std::string_view without_array_marks(std::string_view line) {
  line = util::trim(line);
  if (line == "[" || line == "]") return {};
  if (line.starts_with("[{")) line.remove_prefix(1);
  if (line.ends_with("}]")) line.remove_suffix(1);
  if (line.ends_with("},")) line.remove_suffix(1);
  return line;
}

std::vector<JsonRecord> by_line(std::string_view text) {
  std::vector<JsonRecord> records;
  for (std::int64_t number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = without_array_marks(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty()) records.push_back({number, line});
  }
  return records;
}

}  // namespace

std::vector<JsonRecord> json_records(std::string_view text) {
  const auto content = util::trim(text);
  try {
    if (content.starts_with('[')) return with_lines(text, wire::slice_array(content, "file"));
    wire::slice_object(content, "file");
    return with_lines(text, {content});
  } catch (const error::Error&) {
    return by_line(text);
  }
}

}  // namespace taskman::transfer
