#pragma once
// Lists of numbers as they lie in a column: `3,7,12`.

#include <charconv>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace taskman::store::sqlite {

std::string join_numbers(std::span<const std::int64_t> numbers);

/// Throws kStorageUnavailable for anything join_numbers does not write.
std::vector<std::int64_t> split_numbers(std::string_view text);

/// The same for ids: structs with a `value`.
template <typename Id>
std::string join_ids(const std::vector<Id>& ids) {
  std::vector<std::int64_t> numbers;
  numbers.reserve(ids.size());
  for (const Id& id : ids) numbers.push_back(id.value);
  return join_numbers(numbers);
}

template <typename Id>
std::vector<Id> split_ids(std::string_view text) {
  std::vector<Id> ids;
  for (const std::int64_t number : split_numbers(text)) ids.push_back(Id{number});
  return ids;
}

}  // namespace taskman::store::sqlite
