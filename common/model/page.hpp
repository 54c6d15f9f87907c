#pragma once
// A list's answer: items, how many there are in all, where the next page starts.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace taskman::model {

template <typename Item>
struct Page {
  std::vector<Item> items;
  std::int64_t total = 0;           ///< matching items on all pages
  std::optional<std::string> next;  ///< opaque; none on the last page
};

}  // namespace taskman::model
