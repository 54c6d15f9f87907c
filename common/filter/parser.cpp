// Recursive descent: any = all { "or" all } · all = one { ["and"] one } · one = "~" one | "(" any
// ")" | term
#include <fmt/format.h>

#include <utility>

#include "common/filter/filter.hpp"
#include "common/filter/lexer.hpp"
#include "common/filter/refusal.hpp"
#include "common/filter/values.hpp"
#include "common/filter/words.hpp"
#include "common/util/text.hpp"

namespace taskman::filter {
namespace {

Expr join(Expr::Kind kind, std::vector<Expr> parts) {
  if (parts.size() == 1) return std::move(parts.front());
  return {.kind = kind, .children = std::move(parts)};
}

Expr title_contains(std::string text) {
  return {.kind = Expr::Kind::kTerm,
          .term = {.field = Field::kTitle, .any_of = {Value(std::move(text))}}};
}

[[noreturn]] void refuse_field(const std::string& word) {
  std::vector<std::string_view> known;
  for (const FieldWord& each : field_words()) known.push_back(each.name);
  refuse_unknown("field", word, known, "; to find text with a colon, quote it");
}

/// One parse of one text.
class Parser {
 public:
  Parser(std::vector<Token> tokens, const Context& context)
      : tokens_(std::move(tokens)), context_(context) {}

  Expr parse() {
    if (peek() == Token::Kind::kEnd) return {};
    Expr expr = parse_any(0);
    if (peek() == Token::Kind::kClose) refuse("a ')' closes nothing", "remove it or add a '('");
    return expr;
  }

 private:
  Token::Kind peek() const { return tokens_[at_].kind; }

  bool skip(Token::Kind wanted) {
    if (peek() != wanted) return false;
    ++at_;
    return true;
  }

  Expr parse_any(int depth) {
    std::vector<Expr> parts;
    do {
      parts.push_back(parse_all(depth));
    } while (skip(Token::Kind::kOr));
    return join(Expr::Kind::kOr, std::move(parts));
  }

  bool ends_here() const {
    return peek() == Token::Kind::kEnd || peek() == Token::Kind::kClose ||
           peek() == Token::Kind::kOr;
  }

  Expr parse_all(int depth) {
    std::vector<Expr> parts;
    for (;;) {
      parts.push_back(parse_one(depth));
      const bool joined = skip(Token::Kind::kAnd);
      if (!joined && ends_here()) return join(Expr::Kind::kAnd, std::move(parts));
    }
  }

  Expr parse_one(int depth) {
    if (depth > kMaxDepth) {
      refuse(fmt::format("the filter nests deeper than {}", kMaxDepth), "use fewer parentheses");
    }
    if (skip(Token::Kind::kNot)) return negate(parse_one(depth + 1));
    if (skip(Token::Kind::kOpen)) return parse_group(depth + 1);
    if (peek() == Token::Kind::kTerm) return parse_term(tokens_[at_++]);
    if (peek() == Token::Kind::kText) return text(tokens_[at_++]);
    refuse_missing();
  }

  static Expr negate(Expr expr) {
    return {.kind = Expr::Kind::kNot, .children = {std::move(expr)}};
  }

  Expr parse_group(int depth) {
    Expr expr = parse_any(depth);
    if (!skip(Token::Kind::kClose)) refuse("a '(' is not closed", "add a ')'");
    return expr;
  }

  [[noreturn]] void refuse_missing() const {
    const Token::Kind before = at_ == 0 ? Token::Kind::kEnd : tokens_[at_ - 1].kind;
    switch (before) {
      case Token::Kind::kOr:
        refuse("nothing follows 'or'", "to find the word, quote it: \"or\"");
      case Token::Kind::kAnd:
        refuse("nothing follows 'and'", "to find the word, quote it: \"and\"");
      case Token::Kind::kNot:
        refuse("nothing follows '~'", "for example ~status:done");
      case Token::Kind::kOpen:
        refuse("nothing inside '( )'");
      default:
        refuse("nothing stands before 'or', 'and' or ')'", "to find the word, quote it");
    }
  }

  Expr parse_term(const Token& token) {
    const FieldWord* const field = find_field(token.text);
    if (field == nullptr) refuse_field(token.text);
    Term term{
        .field = field->field, .op = token.op, .any_of = read_values(*field, token, context_)};
    count(term.any_of.size());
    return {.kind = Expr::Kind::kTerm, .term = std::move(term)};
  }

  Expr text(const Token& token) {
    count(1);
    return title_contains(token.text);
  }

  void count(std::size_t values) {
    values_ += values;
    if (values_ <= kMaxValues) return;
    refuse(fmt::format("the filter has more than {} values", kMaxValues),
           "use a range, as in id:1..900");
  }

  const std::vector<Token> tokens_;
  const Context& context_;
  std::size_t at_ = 0;
  std::size_t values_ = 0;
};

void check_text(std::string_view text) {
  if (text.size() > kMaxLength) {
    refuse(fmt::format("the filter has {} bytes, at most {} are read", text.size(), kMaxLength));
  }
  if (!util::is_utf8(text)) refuse("the filter is not valid UTF-8");
}

}  // namespace

Expr parse(std::string_view text, const Context& context) {
  check_text(text);
  return Parser(tokenize(text), context).parse();
}

}  // namespace taskman::filter
