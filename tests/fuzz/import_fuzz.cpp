// Any bytes as a file of any format: records or problems, never a crash; and what is found can be
// sent.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "cli/import/csv_table.hpp"
#include "cli/import/export.hpp"
#include "cli/import/format.hpp"
#include "common/error/error.hpp"
#include "common/time/zone.hpp"

namespace {

void parse(std::string_view format, std::string_view text) {
  static const taskman::time::UtcZone zone;
  try {
    const auto request = taskman::transfer::to_request(
        taskman::transfer::parse_file(format, text, {.zone = zone, .now = {}}));
    if (taskman::transfer::parse_file("jsonl", request.body, {.zone = zone, .now = {}}).size() <
        request.places.size()) {
      __builtin_trap();
    }
  } catch (const taskman::error::Error&) {
    // A file that is refused as a whole.
  }
}

void write(std::string_view text) {
  try {
    taskman::transfer::to_csv(text);
    taskman::transfer::to_taskwarrior(text, "store", {});
  } catch (const taskman::error::Error&) {
    // No export.
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const auto& format : taskman::transfer::formats()) parse(format.name, text);
  write(text);
  return 0;
}
