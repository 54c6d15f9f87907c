#include "cli/git/trailers.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "cli/git/git.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"

namespace taskman::git {
namespace {

struct Key {
  std::string_view name;
  Act act;
};

constexpr std::array kKeys{
    Key{"closes", Act::kClose},
    Key{"fixes", Act::kClose},
    Key{"refs", Act::kMention},
};

std::optional<std::int64_t> number_of(std::string_view digits) {
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  const auto number = util::parse_integer(digits);
  return number && *number > 0 ? std::optional<std::int64_t>(*number) : std::nullopt;
}

void add(Mentions& all, Mention mention) {
  const auto known = std::ranges::find(all.tasks, mention.task, &Mention::task);
  if (known == all.tasks.end()) return all.tasks.push_back(std::move(mention));
  if (mention.act == Act::kClose && known->act == Act::kMention) *known = std::move(mention);
}

void add_value(Mentions& all, const Mention& form, std::string_view value) {
  const auto whole = util::trim(value);
  bool names_one = false;
  while (!value.empty()) {
    const auto end = std::min(value.find_first_of(" \t,;"), value.size());
    auto word = value.substr(0, end);
    value.remove_prefix(std::min(end + 1, value.size()));
    if (!word.starts_with('#')) continue;
    word.remove_prefix(1);
    while (word.ends_with('.') || word.ends_with(')')) word.remove_suffix(1);
    const auto task = number_of(word);
    if (!task) continue;
    names_one = true;
    add(all, {.trailer = form.trailer, .act = form.act, .task = *task});
  }
  if (!names_one && number_of(whole))
    all.unclear.push_back(form.trailer + ": " + std::string(whole));
}

}  // namespace

Mentions mentions_of(std::string_view trailers) {
  Mentions all;
  for (const auto line : lines_of(trailers)) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string name(util::trim(line.substr(0, colon)));
    const auto key = std::ranges::find(kKeys, util::to_lower(name), &Key::name);
    if (key == kKeys.end()) continue;
    add_value(all, {.trailer = name, .act = key->act}, line.substr(colon + 1));
  }
  return all;
}

Mentions mentions_in_message(std::string_view message) {
  // Of the first paragraph git says that it is a title and holds no trailers. A message that is
  // nothing but `Closes: #42` means it all the same.
  const auto answer =
      run({"interpret-trailers", "--parse", "--no-divider"}, "title\n\n" + std::string(message));
  if (!answer.worked())
    throw error::Error(error::Code::kInvalidValue,
                       "git cannot read the commit's message: " + reason_of(answer));
  return mentions_of(answer.out);
}

}  // namespace taskman::git
