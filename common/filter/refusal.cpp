#include "common/filter/refusal.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>
#include <vector>

#include "common/error/error.hpp"
#include "common/util/text.hpp"

namespace taskman::filter {
namespace {

[[noreturn]] void refuse_with(std::string message, std::optional<std::string_view> near,
                              const std::string& rest) {
  refuse(std::move(message), near ? fmt::format("did you mean {}? {}", *near, rest) : rest);
}

}  // namespace

void refuse(std::string message, std::string hint) {
  error::Field field{.name = "filter", .message = message};
  throw error::Error(error::Code::kInvalidValue, std::move(message), std::move(hint),
                     {std::move(field)});
}

void refuse_unknown(std::string_view what, std::string_view word,
                    std::span<const std::string_view> known, std::string_view tail) {
  refuse_with(fmt::format("unknown {} '{}'", what, word), util::suggest(word, known),
              fmt::format("known: {}{}", fmt::join(known, ", "), tail));
}

void refuse_word(std::string_view what, std::string_view word, std::span<const model::Word> words,
                 std::string_view tail) {
  std::vector<std::string_view> names;
  for (const auto& each : words) names.push_back(each.name);
  refuse_with(fmt::format("unknown {} '{}'", what, word),
              util::suggest(word, model::spellings(words)),
              fmt::format("known: {}{}", fmt::join(names, ", "), tail));
}

}  // namespace taskman::filter
