#pragma once
// A whole thing, by the table of its columns. Internal to common/wire.

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "common/wire/columns.hpp"

namespace taskman::wire {

template <typename T, std::size_t N>
std::string encode_by(const std::array<Column<T>, N>& columns, const T& from) {
  std::string out;
  put_object(out, std::span<const Column<T>>(columns), from);
  return out;
}

/// What is missing keeps its default, what is not known is skipped.
template <typename T, std::size_t N>
T decode_by(const std::array<Column<T>, N>& columns, std::string_view json, std::string_view what) {
  T thing{};
  get_object(parse(json, what), columns, thing, Unknown::kIgnore, what);
  return thing;
}

}  // namespace taskman::wire
