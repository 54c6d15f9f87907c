// A cursor is exactly what to_string writes, or none.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "common/model/changeset.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace taskman;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto cursor = model::parse_cursor(text);
  if (cursor && model::to_string(*cursor) != text) __builtin_trap();
  return 0;
}
