#include "common/filter/refusal.hpp"

#include <fmt/format.h>

#include <utility>

#include "common/error/error.hpp"
#include "common/util/text.hpp"

namespace taskman::filter {

void refuse(std::string message, std::string hint) {
  error::Field field{.name = "filter", .message = message};
  throw error::Error(error::Code::kInvalidValue, std::move(message), std::move(hint),
                     {std::move(field)});
}

void refuse_unknown(std::string_view what, std::string_view word,
                    std::span<const std::string_view> known, std::string_view tail) {
  std::string hint;
  if (const auto near = util::suggest(word, known)) hint = fmt::format("did you mean {}? ", *near);
  hint += fmt::format("known: {}{}", fmt::join(known, ", "), tail);
  refuse(fmt::format("unknown {} '{}'", what, word), std::move(hint));
}

}  // namespace taskman::filter
