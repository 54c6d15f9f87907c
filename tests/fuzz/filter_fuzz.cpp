// A filter is accepted or refused with an Error, and what is accepted can be evaluated.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "common/error/error.hpp"
#include "common/filter/filter.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace taskman;
  static const time::UtcZone zone;
  const filter::Context context{
      .now = util::Instant{std::chrono::seconds{1'795'428'000}}, .zone = &zone, .actor = "ann"};
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    auto expr = filter::parse(text, context);
    filter::resolve_sprints(expr, [](const auto&) { return std::vector<model::SprintId>{{1}}; });
    filter::names_status(expr);
    filter::matches(expr, model::Task{}, context);
  } catch (const error::Error& refused) {
    if (refused.code() != error::Code::kInvalidValue) __builtin_trap();
  }
  return 0;
}
