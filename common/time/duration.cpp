#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "common/time/text.hpp"

namespace taskman::time {
namespace {

using std::chrono::milliseconds;

struct Unit {
  std::string_view name;
  std::int64_t milliseconds;
};

constexpr std::array kUnits{Unit{"ms", 1},         Unit{"s", 1'000},     Unit{"m", 60'000},
                            Unit{"min", 60'000},   Unit{"h", 3'600'000}, Unit{"d", 86'400'000},
                            Unit{"w", 604'800'000}};

/// A hundred years: more is a slip, and sums of it cannot overflow.
constexpr std::int64_t kLongest = 36'525LL * 86'400'000;

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

/// Takes the number at the front; none when there is none or it is out of range.
std::optional<std::int64_t> take_number(std::string_view& rest) {
  std::int64_t value = 0;
  const auto [stopped, failure] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
  if (failure != std::errc{} || rest.front() == '-') return std::nullopt;
  rest.remove_prefix(static_cast<std::size_t>(stopped - rest.data()));
  return value;
}

std::string_view take_letters(std::string_view& rest) {
  const auto end = std::ranges::find_if_not(rest, is_letter);
  const std::string_view word = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
  rest.remove_prefix(word.size());
  return word;
}

}  // namespace

std::optional<milliseconds> parse_duration(std::string_view text) {
  if (text.empty()) return std::nullopt;
  std::int64_t total = 0;
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto number = take_number(rest);
    if (!number) return std::nullopt;
    const bool bare = rest.empty() && text.find_first_not_of("0123456789") == text.npos;
    const std::string_view name = bare ? "s" : take_letters(rest);
    const auto unit = std::ranges::find(kUnits, name, &Unit::name);
    if (unit == kUnits.end() || *number > kLongest / unit->milliseconds) return std::nullopt;
    total += *number * unit->milliseconds;
    if (total > kLongest) return std::nullopt;
  }
  return milliseconds{total};
}

std::string to_text(milliseconds duration) {
  static constexpr std::array kTold{Unit{"d", 86'400'000}, Unit{"h", 3'600'000}, Unit{"m", 60'000},
                                    Unit{"s", 1'000}};
  const std::int64_t count = duration.count();
  const auto unit = std::ranges::find_if(
      kTold, [&](const Unit& each) { return count != 0 && count % each.milliseconds == 0; });
  if (unit == kTold.end()) return fmt::format("{}ms", count);
  return fmt::format("{}{}", count / unit->milliseconds, unit->name);
}

std::string to_relative(util::Instant instant, util::Instant now) {
  struct Step {
    std::string_view name;
    std::int64_t milliseconds;
  };
  // Days up to two months: a due date in 45 days says more than one in a month.
  static constexpr std::array kSteps{Step{"y", 2 * 31'557'600'000}, Step{"mo", 2 * 2'629'800'000},
                                     Step{"d", 86'400'000},         Step{"h", 3'600'000},
                                     Step{"min", 60'000},           Step{"s", 1'000}};
  const std::int64_t gap = (instant - now).count();
  const std::int64_t size = gap < 0 ? -gap : gap;
  const auto step =
      std::ranges::find_if(kSteps, [&](const Step& each) { return size >= each.milliseconds; });
  if (step == kSteps.end()) return "just now";
  const std::int64_t unit = step->milliseconds / (step->name == "y" || step->name == "mo" ? 2 : 1);
  const std::string amount = fmt::format("{} {}", size / unit, step->name);
  return gap < 0 ? amount + " ago" : "in " + amount;
}

}  // namespace taskman::time
