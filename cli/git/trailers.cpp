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

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// `Fixes: 54a4f0239f2e` is how kernels name a commit; git cuts its names to 7 digits or more.
bool is_commit_name(std::string_view word) {
  return word.size() >= 7 && word.find_first_not_of("0123456789") != std::string_view::npos &&
         word.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

/// A value without a task that was meant to name one: nothing, `42`, `12x`.
bool is_half_a_task(std::string_view value) {
  if (value.empty()) return true;
  return is_digit(value.front()) && value.find_first_of(" \t,;") == std::string_view::npos &&
         !is_commit_name(value);
}

/// Words that do not begin as a task does are other people's.
void add_value(Mentions& all, const Mention& form, std::string_view value) {
  const auto whole = util::trim(value);
  const auto say_unclear = [&](std::string_view text) {
    all.unclear.push_back(form.trailer + (text.empty() ? ":" : ": ") + std::string(text));
  };
  bool names_one = false;
  while (!value.empty()) {
    const auto end = std::min(value.find_first_of(" \t,;"), value.size());
    auto word = value.substr(0, end);
    value.remove_prefix(std::min(end + 1, value.size()));
    while (word.ends_with('.') || word.ends_with(')')) word.remove_suffix(1);
    if (word.size() < 2 || word[0] != '#' || !is_digit(word[1])) continue;
    names_one = true;
    if (const auto task = number_of(word.substr(1))) {
      add(all, {.trailer = form.trailer, .act = form.act, .task = *task});
    } else {
      say_unclear(word);
    }
  }
  if (!names_one && is_half_a_task(whole)) say_unclear(whole);
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
