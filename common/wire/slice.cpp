#include "common/wire/slice.hpp"

#include <algorithm>
#include <cstddef>

#include "common/error/error.hpp"
#include "common/wire/value.hpp"

namespace taskman::wire {
namespace {

/// Walks one text from the left. Owned by one call.
class Scanner {
 public:
  Scanner(std::string_view text, std::string_view what) : text_(text), what_(what) {}

  bool accept(char wanted) {
    skip_space();
    if (at_ >= text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }

  void expect(char wanted) {
    if (!accept(wanted)) fail();
  }

  void expect_end() {
    skip_space();
    if (at_ != text_.size()) fail();
  }

  std::string_view value() {
    skip_space();
    const auto start = at_;
    skip_value(0);
    return text_.substr(start, at_ - start);
  }

  /// Between the quotes.
  std::string_view name() {
    skip_space();
    const auto start = at_;
    skip_string();
    return text_.substr(start + 1, at_ - start - 2);
  }

 private:
  [[noreturn]] void fail() const {
    throw error::Error(
        error::Code::kMalformedRequest,
        std::string(what_) + " is not the expected JSON: byte " + std::to_string(at_ + 1));
  }

  void skip_space() {
    while (at_ < text_.size() &&
           std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
      ++at_;
  }

  void skip_value(int depth) {
    skip_space();
    if (at_ >= text_.size() || depth > kMaxDepth) fail();
    switch (text_[at_]) {
      case '"':
        return skip_string();
      case '{':
        return skip_members(depth);
      case '[':
        return skip_items(depth);
      case 't':
        return skip_word("true");
      case 'f':
        return skip_word("false");
      case 'n':
        return skip_word("null");
      default:
        return skip_number();
    }
  }

  void skip_word(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) fail();
    at_ += word.size();
  }

  void skip_number() {
    const auto end = std::min(text_.find_first_not_of("+-.0123456789eE", at_), text_.size());
    if (end == at_) fail();
    at_ = end;
  }

  void skip_string() {
    if (at_ >= text_.size() || text_[at_] != '"') fail();
    ++at_;
    while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
    if (at_ >= text_.size()) fail();
    ++at_;
  }

  void skip_members(int depth) {
    expect('{');
    if (accept('}')) return;
    do {
      skip_space();
      skip_string();
      expect(':');
      skip_value(depth + 1);
    } while (accept(','));
    expect('}');
  }

  void skip_items(int depth) {
    expect('[');
    if (accept(']')) return;
    do {
      skip_value(depth + 1);
    } while (accept(','));
    expect(']');
  }

  std::string_view text_;
  std::string_view what_;
  std::size_t at_ = 0;
};

}  // namespace

Slices slice_array(std::string_view json, std::string_view what) {
  Scanner scanner(json, what);
  Slices items;
  scanner.expect('[');
  if (!scanner.accept(']')) {
    do {
      items.push_back(scanner.value());
    } while (scanner.accept(','));
    scanner.expect(']');
  }
  scanner.expect_end();
  return items;
}

NamedSlices slice_object(std::string_view json, std::string_view what) {
  Scanner scanner(json, what);
  NamedSlices members;
  scanner.expect('{');
  if (!scanner.accept('}')) {
    do {
      const auto name = scanner.name();
      scanner.expect(':');
      members.emplace_back(name, scanner.value());
    } while (scanner.accept(','));
    scanner.expect('}');
  }
  scanner.expect_end();
  return members;
}

std::string_view slice_of(const NamedSlices& members, std::string_view name) {
  const auto found = std::ranges::find(members, name, &NamedSlices::value_type::first);
  return found == members.end() ? std::string_view() : found->second;
}

}  // namespace taskman::wire
