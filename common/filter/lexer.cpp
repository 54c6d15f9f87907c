#include "common/filter/lexer.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <utility>

#include "common/filter/foreign.hpp"
#include "common/filter/refusal.hpp"
#include "common/filter/words.hpp"
#include "common/util/text.hpp"

namespace taskman::filter {
namespace {

constexpr std::string_view kSpace = " \t\r\n";
constexpr std::string_view kValueEnds = " \t\r\n,()\"";
constexpr std::string_view kWordEnds = " \t\r\n()\"";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_name_part(char c) { return is_letter(c) || c == '_' || c == '-' || (c >= '0' && c <= '9'); }

/// Walks over one filter text.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : rest_(text) {}

  Token next() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(kSpace), rest_.size()));
    if (rest_.empty()) return {};
    if (skip('(')) return {.kind = Token::Kind::kOpen};
    if (skip(')')) return {.kind = Token::Kind::kClose};
    if (skip('~')) return {.kind = Token::Kind::kNot};
    if (rest_.front() == '"') return text_token(read_quoted());
    if (const std::size_t length = field_length(); length > 0) return read_term(length);
    return read_word();
  }

 private:
  bool skip(char wanted) {
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::string take(std::size_t length) {
    std::string taken(rest_.substr(0, length));
    rest_.remove_prefix(taken.size());
    return taken;
  }

  /// Length of the field's name that starts here; 0 when none does.
  std::size_t field_length() const {
    if (!is_letter(rest_.front())) return 0;
    std::size_t end = 1;
    while (end < rest_.size() && is_name_part(rest_[end])) ++end;
    const bool compared =
        end < rest_.size() && std::string_view(":=<>").find(rest_[end]) != rest_.npos;
    return compared ? end : 0;
  }

  static Token text_token(std::string text) {
    if (text.empty()) refuse("an empty text matches nothing", "remove the \"\"");
    return {.kind = Token::Kind::kText, .text = std::move(text)};
  }

  Token read_word() {
    // A stray comma or operator is a word of its own, so that this always moves on.
    std::string word = take(std::max<std::size_t>(rest_.find_first_of(kWordEnds), 1));
    if (util::equals_ignoring_case(word, "and")) return {.kind = Token::Kind::kAnd};
    if (util::equals_ignoring_case(word, "or")) return {.kind = Token::Kind::kOr};
    refuse_foreign(word);
    return text_token(std::move(word));
  }

  Op read_op() {
    if (skip('<')) return skip('=') ? Op::kLessEqual : Op::kLess;
    if (skip('>')) return skip('=') ? Op::kGreaterEqual : Op::kGreater;
    rest_.remove_prefix(1);
    return Op::kEqual;
  }

  Token read_term(std::size_t name_length) {
    Token token{.kind = Token::Kind::kTerm, .text = take(name_length)};
    token.op = read_op();
    do {
      token.values.push_back(read_value(token.text));
    } while (skip(','));
    const bool glued = !rest_.empty() && (rest_.front() == '"' || rest_.front() == '(');
    if (glued) {
      refuse(fmt::format("'{}' right behind a value of {}", rest_.front(), token.text),
             fmt::format("quote the whole value: {}:\"…\"", token.text));
    }
    return token;
  }

  Piece read_value(const std::string& field) {
    Piece piece;
    if (!rest_.empty() && rest_.front() == '"') {
      piece = {.text = read_quoted(), .quoting = Quoting::kQuoted};
    } else {
      piece.text = take(rest_.find_first_of(kValueEnds));
    }
    if (piece.text.empty()) refuse_empty(field);
    return piece;
  }

  [[noreturn]] static void refuse_empty(const std::string& name) {
    const FieldWord* const field = find_field(name);
    const std::string example(field == nullptr ? name + ":value" : field->example);
    const bool can_be_none = field != nullptr && field->absence == Absence::kPossible;
    refuse(fmt::format("{} has an empty value", name),
           can_be_none ? fmt::format("for example {}, or {}:none for tasks without", example, name)
                       : "for example " + example);
  }

  /// `\"` and `\\` stand for themselves inside quotes.
  std::string read_quoted() {
    std::string text;
    for (std::size_t i = 1; i < rest_.size(); ++i) {
      if (rest_[i] == '"') {
        rest_.remove_prefix(i + 1);
        return text;
      }
      const bool escape = rest_[i] == '\\' && i + 1 < rest_.size();
      if (escape && (rest_[i + 1] == '"' || rest_[i + 1] == '\\')) ++i;
      text += rest_[i];
    }
    refuse("a quote is not closed", "end the text with \"");
  }

  std::string_view rest_;
};

}  // namespace

std::vector<Token> tokenize(std::string_view text) {
  Lexer lexer(text);
  std::vector<Token> tokens;
  do {
    tokens.push_back(lexer.next());
  } while (tokens.back().kind != Token::Kind::kEnd);
  return tokens;
}

}  // namespace taskman::filter
