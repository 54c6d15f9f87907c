#include "common/model/changeset.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <system_error>

namespace taskman::model {
namespace {

constexpr std::array<std::string_view, 13> kTypeNames{
    "task.created",    "task.updated",    "task.deleted",    "task.commented", "task.uncommented",
    "task.readiness",  "sprint.created",  "sprint.updated",  "sprint.deleted", "sprint.progress",
    "project.created", "project.updated", "project.deleted",
};

constexpr std::size_t kChainDigits = 16;

template <typename Int>
std::optional<Int> parse_all(std::string_view digits, int base) {
  Int value = 0;
  const auto* end = digits.data() + digits.size();
  const auto [stopped, failure] = std::from_chars(digits.data(), end, value, base);
  if (failure != std::errc{} || stopped != end) return std::nullopt;
  return value;
}

}  // namespace

std::string to_string(const Cursor& cursor) {
  std::array<char, kChainDigits> digits{};
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), cursor.chain, 16).ptr;
  const auto used = static_cast<std::size_t>(end - digits.data());
  std::string text = std::to_string(cursor.rev);
  text += '-';
  text.append(kChainDigits - used, '0');
  text.append(digits.data(), used);
  return text;
}

std::optional<Cursor> parse_cursor(std::string_view text) {
  const auto dash = text.find('-');
  if (dash == std::string_view::npos || text.size() - dash - 1 != kChainDigits) return std::nullopt;
  const auto rev = parse_all<std::int64_t>(text.substr(0, dash), 10);
  const auto chain = parse_all<std::uint64_t>(text.substr(dash + 1), 16);
  if (!rev || !chain || *rev < 0) return std::nullopt;
  const Cursor cursor{*rev, *chain};
  if (to_string(cursor) != text) return std::nullopt;
  return cursor;
}

std::span<const std::string_view> change_type_names() { return kTypeNames; }

std::string_view name(ChangeType type) { return kTypeNames[static_cast<std::size_t>(type)]; }

std::optional<ChangeType> find_change_type(std::string_view name) {
  const auto found = std::ranges::find(kTypeNames, name);
  if (found == kTypeNames.end()) return std::nullopt;
  return static_cast<ChangeType>(found - kTypeNames.begin());
}

}  // namespace taskman::model
