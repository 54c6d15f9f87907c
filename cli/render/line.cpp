#include "cli/render/line.hpp"

#include <array>

#include "common/util/text.hpp"

namespace taskman::render {
namespace {

constexpr std::array<std::string_view, 7> kStarts{"",         "\x1b[1m",  "\x1b[2m", "\x1b[32m",
                                                  "\x1b[33m", "\x1b[31m", "\x1b[36m"};
constexpr std::string_view kStop = "\x1b[0m";

}  // namespace

std::string_view tone_start(Tone tone) { return kStarts[static_cast<std::size_t>(tone)]; }

std::string paint(const Line& line, std::size_t columns, Colour colour) {
  std::string painted;
  for (const auto& span : line) {
    if (columns == 0) break;
    const auto text = util::fit(util::escape_for_terminal(span.text), columns);
    columns -= util::display_width(text);
    if (colour == Colour::kOff || span.tone == Tone::kPlain) {
      painted += text;
    } else {
      painted.append(tone_start(span.tone)).append(text).append(kStop);
    }
  }
  return painted;
}

std::string plain(const Line& line) {
  std::string text;
  for (const auto& span : line) text += span.text;
  return text;
}

}  // namespace taskman::render
