// Of sprints, and of how many tasks a filter has.

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "cli/commands/condition.hpp"
#include "cli/commands/condition_refusal.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"

namespace taskman::cli {
namespace {

using error::Code;
using error::Error;
using model::SprintState;

constexpr std::array kSprintWords{
    ConditionWord{"empty", "no open task is in it"},
    ConditionWord{"closed", "it is closed"},
};
constexpr std::array<std::string_view, 4> kMistyped{"empty", "closed", "status", "state"};
constexpr std::array kCountWords{
    ConditionWord{"count=0", "no task matches"},
    ConditionWord{"count>0", "a task matches"},
};

[[noreturn]] void refuse_sprint_word(const std::string& text) {
  if (model::find_sprint_state(text)) refuse_condition(text, "did you mean status=" + text + "?");
  refuse_condition(text, did_you_mean(util::suggest(text, kMistyped)) +
                             "of a sprint: empty, closed, status=STATE");
}

SprintState read_state(std::string_view word) {
  if (const auto state = model::find_sprint_state(word)) return *state;
  std::vector<std::string> known;
  for (const auto& each : model::sprint_state_words()) known.emplace_back(each.name);
  const auto near = util::suggest(word, model::spellings(model::sprint_state_words()));
  throw Error(Code::kInvalidValue,
              "unknown state of a sprint '" + util::escape_for_terminal(word) + "'",
              did_you_mean(near) + "known: " + util::join(known, ", "));
}

std::vector<SprintState> read_states(const std::string& text) {
  if (util::equals_ignoring_case(text, "empty")) return {};
  if (util::equals_ignoring_case(text, "closed")) return {SprintState::kClosed};
  const auto at = text.find_first_of("=:");
  const auto name = std::string_view(text).substr(0, at);
  if (at == text.npos ||
      !(util::equals_ignoring_case(name, "status") || util::equals_ignoring_case(name, "state")))
    refuse_sprint_word(text);
  std::vector<SprintState> states;
  std::string_view rest = std::string_view(text).substr(at + 1);
  for (;;) {
    const auto comma = std::min(rest.find(','), rest.size());
    states.push_back(read_state(util::trim(rest.substr(0, comma))));
    if (comma == rest.size()) return states;
    rest.remove_prefix(comma + 1);
  }
}

/// A sprint begins once and ends once.
bool leads_to(SprintState from, SprintState to) {
  if (from == to || from == SprintState::kPlanned) return true;
  return from == SprintState::kActive && to != SprintState::kPlanned;
}

struct OpWord {
  std::string_view text;
  filter::Op op;
};
constexpr std::array kOps{OpWord{"<=", filter::Op::kLessEqual},
                          OpWord{">=", filter::Op::kGreaterEqual}, OpWord{"<", filter::Op::kLess},
                          OpWord{">", filter::Op::kGreater}, OpWord{"=", filter::Op::kEqual}};

}  // namespace

SprintCondition::SprintCondition(std::string text)
    : text_(std::move(text)), states_(read_states(text_)) {}

std::span<const ConditionWord> SprintCondition::words() { return kSprintWords; }

bool SprintCondition::is_met(SprintState state, std::int64_t open_tasks) const {
  if (states_.empty()) return open_tasks == 0;
  return std::ranges::find(states_, state) != states_.end();
}

bool SprintCondition::is_past(SprintState state) const {
  return !states_.empty() &&
         std::ranges::none_of(states_, [&](SprintState to) { return leads_to(state, to); });
}

CountCondition::CountCondition(std::string text) : text_(std::move(text)) {
  constexpr std::string_view kName = "count";
  std::string_view rest(text_);
  const auto refuse_it = [&] {
    refuse_condition(text_, "of a filter: count=0, count>3, count<=10");
  };
  if (!util::equals_ignoring_case(rest.substr(0, kName.size()), kName)) refuse_it();
  rest.remove_prefix(kName.size());
  const auto op =
      std::ranges::find_if(kOps, [&](const OpWord& each) { return rest.starts_with(each.text); });
  if (op == kOps.end()) refuse_it();
  const auto number = util::parse_integer(rest.substr(op->text.size()));
  const bool is_below_none = number == 0 && op->op == filter::Op::kLess;
  if (!number || *number < 0 || is_below_none) refuse_it();
  op_ = op->op;
  wanted_ = *number;
}

std::span<const ConditionWord> CountCondition::words() { return kCountWords; }

bool CountCondition::is_met(std::int64_t count) const {
  switch (op_) {
    case filter::Op::kEqual:
      return count == wanted_;
    case filter::Op::kLess:
      return count < wanted_;
    case filter::Op::kLessEqual:
      return count <= wanted_;
    case filter::Op::kGreater:
      return count > wanted_;
    case filter::Op::kGreaterEqual:
      return count >= wanted_;
  }
  return false;
}

}  // namespace taskman::cli
