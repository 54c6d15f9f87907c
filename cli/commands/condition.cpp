#include "cli/commands/condition.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "cli/commands/condition_refusal.hpp"
#include "common/filter/lexer.hpp"
#include "common/filter/moving.hpp"
#include "common/filter/words.hpp"
#include "common/util/text.hpp"
#include "common/wire/entities.hpp"
#include "common/wire/fields.hpp"

namespace taskman::cli {
namespace {

using filter::Expr;
using filter::Field;
using filter::Token;

constexpr std::array kWords{
    ConditionWord{"exists", "it is there"},
    ConditionWord{"ready", "it can be begun"},
};

std::optional<std::string_view> near_word(const std::string& word) {
  std::array<std::string_view, kWords.size()> known;
  std::ranges::transform(kWords, known.begin(), &ConditionWord::text);
  return util::suggest(word, known);
}

/// A word alone would be a title to look for, and a mistyped one be waited for for ever.
[[noreturn]] void refuse_word(const std::string& word) {
  if (model::find_status(word)) refuse_condition(word, "did you mean status=" + word + "?");
  if (filter::find_flag(word)) refuse_condition(word, "did you mean is=" + word + "?");
  const auto near = near_word(word);
  const auto status = util::suggest(word, model::spellings(model::status_words()));
  if (!near && status) refuse_condition(word, "did you mean status=" + std::string(*status) + "?");
  refuse_condition(word,
                   did_you_mean(near) +
                       "known: exists, ready, and FIELD=VALUE by the fields of filters, such as "
                       "status=done");
}

/// One term, perhaps with `~`.
void check_shape(const std::string& text) {
  const auto tokens = filter::tokenize(text);
  const std::size_t first = tokens.front().kind == Token::Kind::kNot ? 1 : 0;
  if (first == 0 && tokens.front().kind == Token::Kind::kText) refuse_word(text);
  if (tokens[first].kind == Token::Kind::kTerm && tokens[first + 1].kind == Token::Kind::kEnd)
    return;
  refuse_condition(
      text, "give one FIELD=VALUE; a value with spaces stands in quotes: --for 'label=\"a b\"'");
}

const filter::Term& term_of(const Expr& expr) {
  return expr.kind == Expr::Kind::kNot ? expr.children.front().term : expr.term;
}

/// `assignee=me` is meant as `@me`; `assignee="me"` is somebody of that name.
void name_me(filter::Term& term, const std::string& text, const std::string& actor) {
  if (term.field != Field::kAssignee || text.find('"') != text.npos) return;
  for (auto& value : term.any_of) {
    if (value == filter::Value(std::string("me"))) value = actor;
  }
}

/// None for `exists`, which is true of everything there is.
Expr read(const std::string& text, const filter::Context& context) {
  if (util::equals_ignoring_case(text, "exists")) return {};
  if (util::equals_ignoring_case(text, "ready")) return filter::parse("is:ready", context);
  check_shape(text);
  Expr expr = filter::parse(text, context);
  name_me(expr.kind == Expr::Kind::kNot ? expr.children.front().term : expr.term, text,
          context.actor);
  return expr;
}

/// The task's own name for what the filter language calls `field`; empty: it is told anyway.
std::string_view member_of(Field field) {
  switch (field) {
    case Field::kStatus:
    case Field::kIs:
    case Field::kId:
    case Field::kBody:
      return {};
    case Field::kLabel:
      return "labels";
    case Field::kExternal:
      return "external_id";
    case Field::kCreated:
      return "created_at";
    case Field::kUpdated:
      return "updated_at";
    case Field::kStarted:
      return "started_at";
    case Field::kClosed:
      return "closed_at";
    default:
      return filter::word_of(field).name;
  }
}

}  // namespace

TaskCondition::TaskCondition(std::string text, const filter::Context& context)
    : text_(std::move(text)),
      expr_(read(text_, context)),
      moves_with_time_(filter::depends_on_time(expr_)) {}

std::span<const ConditionWord> TaskCondition::words() { return kWords; }

bool TaskCondition::names_things() const {
  const Field field = term_of(expr_).field;
  return field == Field::kSprint || field == Field::kProject;
}

void TaskCondition::resolve_sprints(const filter::SprintResolver& resolve) {
  filter::resolve_sprints(expr_, resolve);
}

bool TaskCondition::is_met(const model::Task& task, const filter::Context& context) const {
  // What `today` is, is another day's on another day.
  if (moves_with_time_) return filter::matches(read(text_, context), task, context);
  return filter::matches(expr_, task, context);
}

bool TaskCondition::is_past(const model::Task& task) const {
  if (model::is_open(task.status) || expr_.kind != Expr::Kind::kTerm) return false;
  // Reopening makes it todo, which may well be what is waited for.
  const auto is_before_the_end = [&](const filter::Value& value) {
    const auto* status = std::get_if<model::Status>(&value);
    const auto* flag = std::get_if<filter::Flag>(&value);
    return (status != nullptr && *status != model::Status::kTodo && *status != task.status) ||
           (flag != nullptr && *flag == filter::Flag::kReady);
  };
  return std::ranges::all_of(expr_.term.any_of, is_before_the_end) && !expr_.term.any_of.empty();
}

std::string TaskCondition::standing(const model::Task& task) const {
  std::string text(model::name(task.status));
  const auto member =
      expr_.kind == Expr::Kind::kEverything ? std::string_view() : member_of(term_of(expr_).field);
  if (member.empty()) {
    const bool waits = text_ == "ready" && task.status == model::Status::kTodo && !task.ready;
    return waits ? text + ", not ready" : text;
  }
  const auto value = wire::field_text(wire::encode(task), member).value_or("");
  return text + ", " + std::string(member) + " " + (value.empty() ? "none" : value);
}

}  // namespace taskman::cli
