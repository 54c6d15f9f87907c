#include "daemon/store/sqlite/numbers.hpp"

#include <system_error>

#include "daemon/store/sqlite/errors.hpp"

namespace taskman::store::sqlite {

std::string join_numbers(std::span<const std::int64_t> numbers) {
  std::string text;
  for (const std::int64_t number : numbers) {
    if (!text.empty()) text += ',';
    text += std::to_string(number);
  }
  return text;
}

std::vector<std::int64_t> split_numbers(std::string_view text) {
  std::vector<std::int64_t> numbers;
  const char* next = text.data();
  const char* const end = next + text.size();
  while (next != end) {
    std::int64_t number = 0;
    const auto [stop, failure] = std::from_chars(next, end, number);
    if (failure != std::errc{} || (stop != end && *stop != ',')) {
      throw StorageFailure(Trouble::kCorrupt, error::Code::kStorageUnavailable,
                           "the database holds a damaged list: " + std::string(text),
                           "restore a backup with taskman restore");
    }
    numbers.push_back(number);
    next = stop == end ? end : stop + 1;
  }
  return numbers;
}

}  // namespace taskman::store::sqlite
