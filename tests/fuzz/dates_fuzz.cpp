// Dates and durations: read or none, and what is read can be written and read again.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "common/time/text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace taskman;
  const time::UtcZone zone;
  const util::Instant now{std::chrono::seconds{1'795'428'000}};
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto span = time::parse_when(text, now, zone)) {
    if (span->until <= span->from) __builtin_trap();
    if (time::parse_rfc3339(time::to_rfc3339(span->from)) != span->from) __builtin_trap();
    time::to_relative(time::as_due(*span), now);
  }
  if (const auto day = time::parse_date(text); day && time::to_text(*day) != text) __builtin_trap();
  if (const auto length = time::parse_duration(text); length && length->count() < 0)
    __builtin_trap();
  return 0;
}
