#include "common/filter/values.hpp"

#include <fmt/format.h>

#include <limits>
#include <optional>
#include <utility>

#include "common/filter/refusal.hpp"
#include "common/time/text.hpp"
#include "common/util/text.hpp"

namespace taskman::filter {
namespace {

constexpr std::string_view kDateHint =
    "known: today, tomorrow, yesterday, mon to sun, eow, eom, eoy, +3d, -2w, 2026-12-01, "
    "2026-12-01T10:00:00Z; years 0000 to 9999";

/// The two sides of `a..b`, either of which may be empty; none when `text` is not a range.
std::optional<std::pair<std::string_view, std::string_view>> split_range(std::string_view text,
                                                                         std::string_view dots) {
  const auto at = text.find(dots);
  if (at == text.npos) return std::nullopt;
  return std::pair{text.substr(0, at), text.substr(at + dots.size())};
}

template <typename Word>
std::vector<std::string_view> names_of(std::span<const Word> words) {
  std::vector<std::string_view> names;
  for (const auto& word : words) names.push_back(word.name);
  return names;
}

void refuse_range_in_comparison(const FieldWord& field, Op op, std::string_view text) {
  if (op == Op::kEqual) return;
  refuse(fmt::format("{} is compared with the range '{}'", field.name, text),
         fmt::format("write {}:{}", field.name, text));
}

model::Priority read_priority(std::string_view word) {
  const auto priority = model::find_priority(word);
  if (!priority) refuse_word("priority", word, model::priority_words());
  return *priority;
}

std::vector<Value> read_priorities(std::string_view text) {
  const auto range = split_range(text, "..");
  if (!range) return {read_priority(text)};
  const auto first = range->first.empty() ? model::Priority::kP0 : read_priority(range->first);
  const auto last = range->second.empty() ? model::Priority::kP3 : read_priority(range->second);
  if (first > last) refuse(fmt::format("the range '{}' runs backwards", text));
  std::vector<Value> values;
  for (int each = static_cast<int>(first); each <= static_cast<int>(last); ++each) {
    values.emplace_back(static_cast<model::Priority>(each));
  }
  return values;
}

Value read_status(std::string_view word) {
  if (const auto status = model::find_status(word)) return *status;
  // `status:open` is what people type first.
  const auto tail = find_flag(word) ? fmt::format("; is:{} exists", word) : std::string{};
  refuse_word("status", word, model::status_words(), tail);
}

Value read_flag(std::string_view word) {
  if (const auto flag = find_flag(word)) return *flag;
  if (model::find_status(word))
    refuse(fmt::format("unknown property '{}'", word), fmt::format("write status:{}", word));
  refuse_unknown("property", word, names_of(flag_words()));
}

std::int64_t read_integer(const FieldWord& field, std::string_view text) {
  const std::string_view digits = text.starts_with('#') ? text.substr(1) : text;
  const auto value = util::parse_integer(digits);
  if (!value || *value < 0) {
    refuse(fmt::format("{} '{}' is not a whole number", field.name, text),
           fmt::format("for example {}", field.example));
  }
  return *value;
}

Value read_integers(const FieldWord& field, Op op, std::string_view text) {
  auto range = split_range(text, "..");
  // `3-7`, but not `-7`: nothing is below zero.
  if (!range && !text.starts_with('-')) range = split_range(text, "-");
  if (!range || (range->first.empty() && range->second.empty())) {
    const std::int64_t value = read_integer(field, text);
    return IntRange{value, value};
  }
  refuse_range_in_comparison(field, op, text);
  const IntRange read{.low = range->first.empty() ? 0 : read_integer(field, range->first),
                      .high = range->second.empty() ? std::numeric_limits<std::int64_t>::max()
                                                    : read_integer(field, range->second)};
  if (read.low > read.high) refuse(fmt::format("the range '{}' runs backwards", text));
  return read;
}

time::Span read_when(std::string_view text, const Context& context) {
  const auto span = time::parse_when(text, context.now, *context.zone);
  if (span) return *span;
  const auto near = util::suggest(text, time::date_words());
  refuse(fmt::format("unknown date '{}'", text),
         near ? fmt::format("did you mean {}? {}", *near, kDateHint) : std::string(kDateHint));
}

Value read_dates(const FieldWord& field, Op op, std::string_view text, const Context& context) {
  const auto range = split_range(text, "..");
  if (!range) {
    const time::Span span = read_when(text, context);
    return InstantRange{span.from, span.until};
  }
  refuse_range_in_comparison(field, op, text);
  const InstantRange read{
      .from = range->first.empty() ? time::kFirstInstant : read_when(range->first, context).from,
      .until = range->second.empty() ? time::kEndOfTime : read_when(range->second, context).until};
  if (read.from >= read.until) refuse(fmt::format("the range '{}' runs backwards", text));
  return read;
}

Value read_person(std::string_view word, const Context& context) {
  if (word != model::kMe) return std::string(word);
  if (context.actor.empty()) refuse("'@me' is nobody here", "name yourself with --as NAME");
  return context.actor;
}

std::vector<Value> read_value(const FieldWord& field, Op op, const Piece& piece,
                              const Context& context) {
  const std::string& text = piece.text;
  const bool bare = piece.quoting == Quoting::kBare;
  const bool can_be_none = field.absence == Absence::kPossible && op == Op::kEqual;
  if (bare && can_be_none && util::equals_ignoring_case(text, "none")) return {None{}};
  switch (field.kind) {
    case Kind::kStatus:
      return {read_status(text)};
    case Kind::kFlag:
      return {read_flag(text)};
    case Kind::kPriority:
      return read_priorities(text);
    case Kind::kInteger:
      return {read_integers(field, op, text)};
    case Kind::kDate:
      return {read_dates(field, op, text, context)};
    case Kind::kPerson:
      return {bare ? read_person(text, context) : Value(text)};
    case Kind::kName:
    case Kind::kText:
      return {text};
  }
  refuse(fmt::format("{} cannot be asked for", field.name));
}

}  // namespace

std::vector<Value> read_values(const FieldWord& field, const Token& token, const Context& context) {
  const bool ordered = field.kind == Kind::kInteger || field.kind == Kind::kDate;
  if (token.op != Op::kEqual && !ordered) {
    refuse(fmt::format("{} has no order to compare by", field.name),
           fmt::format("write {}", field.example));
  }
  std::vector<Value> values;
  for (const Piece& piece : token.values) {
    for (Value& value : read_value(field, token.op, piece, context)) {
      values.push_back(std::move(value));
    }
  }
  return values;
}

}  // namespace taskman::filter
