#include "common/filter/foreign.hpp"

#include <fmt/format.h>

#include <string>

#include "common/filter/refusal.hpp"
#include "common/filter/words.hpp"
#include "common/model/task.hpp"
#include "common/util/text.hpp"

namespace taskman::filter {
namespace {

constexpr std::string_view kCompares = ":=<>";

std::string quoted(std::string_view word) {
  return fmt::format("to find the text, quote it: \"{}\"", word);
}

[[noreturn]] void refuse_not(std::string_view word, std::string_view negated) {
  refuse(fmt::format("'{}' does not negate here", word),
         fmt::format("~ does: ~{}; {}", negated.empty() ? "status:done" : negated, quoted(word)));
}

/// The name before the first of `ends`, when it is a field's.
std::string_view field_before(std::string_view word, std::string_view ends) {
  const auto end = word.find_first_of(ends);
  if (end == word.npos || find_field(word.substr(0, end)) == nullptr) return {};
  return word.substr(0, end);
}

}  // namespace

void refuse_foreign(std::string_view word) {
  if (util::equals_ignoring_case(word, "not")) refuse_not(word, {});
  if (word.starts_with('!')) refuse_not(word, word.substr(1));
  if (word.starts_with('-') && !field_before(word.substr(1), kCompares).empty())
    refuse_not(word, word.substr(1));
  if (const auto field = field_before(word, "!"); !field.empty()) {
    const auto value = word.find_first_not_of("!=:", field.size());
    refuse_not(word, fmt::format("{}:{}", field, value == word.npos ? "x" : word.substr(value)));
  }
  if (word == model::kMe) {
    refuse(fmt::format("'{}' is a person, not a text", word),
           "write assignee:@me or is:mine; " + quoted(word));
  }
  if (word == "&" || word == "&&") {
    refuse(fmt::format("'{}' does not join terms here", word),
           "terms side by side all have to hold: status:todo label:api; " + quoted(word));
  }
  if (word.find('|') != word.npos) {
    refuse(fmt::format("'{}' does not join terms here", word),
           "'or' does: status:todo or label:api, or commas: status:todo,review; " + quoted(word));
  }
}

}  // namespace taskman::filter
