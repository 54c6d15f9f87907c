#include "cli/git/branch_name.hpp"

#include <algorithm>
#include <array>

#include "common/util/text.hpp"

namespace taskman::git {
namespace {

constexpr std::size_t kMostCharacters = 50;

/// U+00C0 to U+017F without their accents; `-` is no letter.
constexpr auto kLatin = std::to_array<std::string_view>({
    "a", "a", "a",  "a",  "ae", "a", "ae", "c", "e", "e", "e", "e", "i",  "i", "i",  "i",   //
    "d", "n", "o",  "o",  "o",  "o", "oe", "-", "o", "u", "u", "u", "ue", "y", "th", "ss",  //
    "a", "a", "a",  "a",  "ae", "a", "ae", "c", "e", "e", "e", "e", "i",  "i", "i",  "i",   //
    "d", "n", "o",  "o",  "o",  "o", "oe", "-", "o", "u", "u", "u", "ue", "y", "th", "y",   //
    "a", "a", "a",  "a",  "a",  "a", "c",  "c", "c", "c", "c", "c", "c",  "c", "d",  "d",   //
    "d", "d", "e",  "e",  "e",  "e", "e",  "e", "e", "e", "e", "e", "g",  "g", "g",  "g",   //
    "g", "g", "g",  "g",  "h",  "h", "h",  "h", "i", "i", "i", "i", "i",  "i", "i",  "i",   //
    "i", "i", "ij", "ij", "j",  "j", "k",  "k", "k", "l", "l", "l", "l",  "l", "l",  "l",   //
    "l", "l", "l",  "n",  "n",  "n", "n",  "n", "n", "n", "n", "n", "o",  "o", "o",  "o",   //
    "o", "o", "oe", "oe", "r",  "r", "r",  "r", "r", "r", "s", "s", "s",  "s", "s",  "s",   //
    "s", "s", "t",  "t",  "t",  "t", "t",  "t", "u", "u", "u", "u", "u",  "u", "u",  "u",   //
    "u", "u", "u",  "u",  "w",  "w", "y",  "y", "y", "z", "z", "z", "z",  "z", "z",  "s",
});
constexpr char32_t kFirstLatin = 0xC0;
static_assert(kLatin.size() == 0x180 - kFirstLatin);

/// What joins or dresses letters rather than parting words: apostrophes, combining accents.
bool is_inside_word(char32_t c) { return c == '\'' || c == 0x2019 || (c >= 0x300 && c <= 0x36F); }

/// The next character of valid UTF-8, taken off its front; of anything else a byte.
char32_t take(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  char32_t c = length == 1 ? first : first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < std::min(length, text.size()); ++i)
    c = c << 6U | (static_cast<unsigned char>(text[i]) & 0x3FU);
  text.remove_prefix(std::min(length, text.size()));
  return c;
}

std::string letters_of(char32_t c) {
  if (c < 0x80) {
    const char letter = static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    const bool counts = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
    return counts ? std::string(1, letter) : "-";
  }
  if (c < kFirstLatin || c - kFirstLatin >= kLatin.size()) return "-";
  return std::string(kLatin[c - kFirstLatin]);
}

/// `fix-login`, without a dash at either end.
std::string slug(std::string_view title) {
  std::string words;
  while (!title.empty()) {
    const char32_t c = take(title);
    if (is_inside_word(c)) continue;
    const std::string letters = letters_of(c);
    if (letters != "-") {
      words += letters;
    } else if (!words.empty() && words.back() != '-') {
      words += '-';
    }
  }
  if (words.ends_with('-')) words.pop_back();
  return words;
}

}  // namespace

std::string branch_name(std::int64_t task, std::string_view title) {
  std::string name = std::to_string(task);
  const std::size_t id_alone = name.size();
  if (const std::string words = slug(title); !words.empty()) name += '-' + words;
  if (name.size() <= kMostCharacters) return name;
  const auto cut = name.rfind('-', kMostCharacters);
  // A title that is one long word is cut inside it.
  name.resize(cut > id_alone ? cut : kMostCharacters);
  return name;
}

std::optional<std::int64_t> task_in_name(std::string_view branch) {
  const auto part = branch.substr(branch.rfind('/') + 1);  // npos + 1 is 0
  const auto digits = part.substr(0, std::min(part.find_first_of("-_"), part.size()));
  if (digits.empty() || digits.front() == '0') return std::nullopt;
  if (digits.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  return util::parse_integer(digits);
}

}  // namespace taskman::git
