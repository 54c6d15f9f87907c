#include "common/config/toml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "common/error/error.hpp"
#include "common/util/text.hpp"

namespace taskman::config {
namespace {

bool is_bare(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

std::string encode(unsigned long code) {
  std::string utf8;
  const auto put = [&](unsigned long byte) { utf8 += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | (code >> 6));
  } else if (code < 0x10000) {
    put(0xE0 | (code >> 12));
    put(0x80 | ((code >> 6) & 0x3F));
  } else {
    put(0xF0 | (code >> 18));
    put(0x80 | ((code >> 12) & 0x3F));
    put(0x80 | ((code >> 6) & 0x3F));
  }
  if (code >= 0x80) put(0x80 | (code & 0x3F));
  return utf8;
}

/// Reads one file, line by line.
class Parser {
 public:
  Parser(std::string_view text, std::string_view file) : text_(text), file_(file) {}

  std::vector<TomlEntry> parse() {
    if (!util::is_utf8(text_)) refuse("is not valid UTF-8");
    at_ = mark_of(text_).size();
    while (at_ < text_.size()) {
      ++line_;
      parse_line();
    }
    return std::move(entries_);
  }

 private:
  [[noreturn]] void refuse(std::string_view why) const {
    throw error::Error(error::Code::kInvalidValue, fmt::format("{}:{}: {}", file_, line_, why));
  }

  char peek() const { return at_ < text_.size() ? text_[at_] : '\n'; }

  bool skip(char wanted) {
    if (at_ >= text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }

  void skip_blanks() {
    while (peek() == ' ' || peek() == '\t') ++at_;
  }

  void parse_line() {
    skip_blanks();
    if (skip('[')) {
      parse_section();
    } else if (is_bare(peek())) {
      parse_entry();
    }
    end_line();
  }

  void end_line() {
    skip_blanks();
    if (peek() == '#') at_ = std::min(text_.find('\n', at_), text_.size());
    skip('\r');
    if (at_ < text_.size() && !skip('\n')) {
      refuse(fmt::format("unexpected '{}'", util::escape_for_terminal(rest_of_line())));
    }
  }

  std::string_view rest_of_line() const {
    return util::trim(text_.substr(at_, std::min(text_.find('\n', at_), text_.size()) - at_));
  }

  std::string read_key() {
    skip_blanks();
    const std::size_t from = at_;
    while (is_bare(peek())) ++at_;
    if (at_ == from) refuse("a key is made of letters, digits, '_' and '-'");
    std::string key(text_.substr(from, at_ - from));
    skip_blanks();
    return key;
  }

  /// `daemon.log_level` before the first section is log_level in [daemon].
  std::string read_dotted_key() {
    std::string key = read_key();
    if (section_.empty() && skip('.')) key += "." + read_key();
    return key;
  }

  void parse_section() {
    section_ = read_key() + ".";
    if (!skip(']')) refuse("a section's name ends with ']'");
  }

  void parse_entry() {
    TomlEntry entry{.key = section_ + read_dotted_key(), .section = section_, .line = line_};
    if (!skip('=')) refuse(fmt::format("'=' is missing after {}", entry.key));
    const auto same = [&](const TomlEntry& each) { return each.key == entry.key; };
    const auto earlier = std::ranges::find_if(entries_, same);
    if (earlier != entries_.end()) {
      refuse(fmt::format("{} was set in line {} already", entry.key, earlier->line));
    }
    skip_blanks();
    entry.begin = at_;
    read_value(entry);
    entry.end = at_;
    entries_.push_back(std::move(entry));
  }

  void read_value(TomlEntry& entry) {
    if (peek() == '"' || peek() == '\'') {
      entry.text = peek() == '"' ? read_basic() : read_literal();
      return;
    }
    const std::size_t from = at_;
    while (is_bare(peek()) || peek() == '+') ++at_;
    entry.text = text_.substr(from, at_ - from);
    if (entry.text == "true" || entry.text == "false") {
      entry.kind = TomlEntry::Kind::kBoolean;
      return;
    }
    entry.kind = TomlEntry::Kind::kInteger;
    const auto number = read_integer(entry.text);
    if (!number) refuse(fmt::format("{} has no value of the form \"text\", 12 or true", entry.key));
    entry.text = std::to_string(*number);
  }

  static std::optional<long long> read_integer(std::string text) {
    if (text.starts_with('+')) text.erase(0, 1);
    // `1_000`: underscores stand between digits.
    const bool stray = text.starts_with('_') || text.ends_with('_') || text.find("__") != text.npos;
    std::erase(text, '_');
    return stray ? std::nullopt : util::parse_integer(text);
  }

  std::string read_literal() {
    const std::size_t from = ++at_;
    while (peek() != '\'' && peek() != '\n') ++at_;
    std::string text(text_.substr(from, at_ - from));
    if (!skip('\'')) refuse("a text is not closed with '");
    return text;
  }

  std::string read_basic() {
    std::string text;
    ++at_;
    while (!skip('"')) {
      if (peek() == '\n') refuse("a text is not closed with \"");
      if (skip('\\')) {
        text += read_escape();
      } else {
        text += text_[at_++];
      }
    }
    return text;
  }

  std::string read_escape() {
    static constexpr std::string_view kFrom = "\"\\btnfr";
    static constexpr std::string_view kTo = "\"\\\b\t\n\f\r";
    const char letter = peek();
    ++at_;
    if (const auto found = kFrom.find(letter); found != kFrom.npos)
      return std::string(1, kTo[found]);
    if (letter == 'u') return read_code_point(4);
    if (letter == 'U') return read_code_point(8);
    refuse("an unknown escape in a text; write \\\\ for a backslash");
  }

  std::string read_code_point(std::size_t digits) {
    const std::string hex(text_.substr(std::min(at_, text_.size()), digits));
    const bool good =
        hex.size() == digits && hex.find_first_not_of("0123456789abcdefABCDEF") == hex.npos;
    const unsigned long code = good ? std::stoul(hex, nullptr, 16) : 0xD800;
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
      refuse("an escape names no character");
    at_ += digits;
    return encode(code);
  }

  const std::string_view text_;
  const std::string_view file_;
  std::size_t at_ = 0;
  int line_ = 0;
  std::string section_;
  std::vector<TomlEntry> entries_;
};

}  // namespace

std::vector<TomlEntry> parse_toml(std::string_view text, std::string_view file) {
  return Parser(text, file).parse();
}

std::string_view mark_of(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  return text.starts_with(kByteOrderMark) ? kByteOrderMark : std::string_view{};
}

std::string toml_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) {
      quoted += fmt::format("\\u{:04X}", byte);
      continue;
    }
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace taskman::config
