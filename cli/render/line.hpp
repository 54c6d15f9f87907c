#pragma once
// A line of a live view as data: pieces of text with a tone. Painted in one place, so layouts are
// plain values that tests compare.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace taskman::render {

enum class Tone { kPlain, kBold, kDim, kGood, kBusy, kBad, kAccent };
enum class Colour { kOff, kOn };

struct Span {
  std::string text;
  Tone tone = Tone::kPlain;
};

using Line = std::vector<Span>;

/// The SGR sequence that starts a tone; every tone ends with `\x1b[0m`. Empty for kPlain.
std::string_view tone_start(Tone tone);

/// The line cut to `columns`, control characters escaped, with colours or without.
std::string paint(const Line& line, std::size_t columns, Colour colour);

/// The text alone.
std::string plain(const Line& line);

}  // namespace taskman::render
