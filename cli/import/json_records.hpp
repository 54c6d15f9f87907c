#pragma once
// The objects of a JSON file: an array of them, one a line, or a single one.

#include <cstdint>
#include <string_view>
#include <vector>

namespace taskman::transfer {

struct JsonRecord {
  std::int64_t line = 0;  ///< where it begins, from 1
  std::string_view json;  ///< into the text; JSON or, in a broken file, whatever stands on the line
};

/// Never throws: a broken array is taken line by line, so that the broken record can be named.
std::vector<JsonRecord> json_records(std::string_view text);

}  // namespace taskman::transfer
