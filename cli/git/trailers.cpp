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

/// Without what a sentence puts behind it.
std::vector<std::string_view> words_of(std::string_view value) {
  std::vector<std::string_view> words;
  while (!value.empty()) {
    const auto end = std::min(value.find_first_of(" \t,;"), value.size());
    auto word = value.substr(0, end);
    value.remove_prefix(std::min(end + 1, value.size()));
    while (word.ends_with('.') || word.ends_with(')')) word.remove_suffix(1);
    if (!word.empty()) words.push_back(word);
  }
  return words;
}

/// `#1`, `#1abc`, `##1`: it means a task wherever it stands.
bool names_task(std::string_view word) {
  const auto behind = word.find_first_not_of('#');
  return behind != 0 && behind != std::string_view::npos && is_digit(word[behind]);
}

/// `42`, `12x`, `#abc`, `#`, `task-1`: it was meant to name a task unless it stands in a sentence.
bool may_name_task(std::string_view word) {
  if (word.starts_with("task")) {
    word.remove_prefix(4);
    if (word.starts_with('-') || word.starts_with('#')) word.remove_prefix(1);
    return !word.empty() && word.find_first_not_of("0123456789") == std::string_view::npos;
  }
  return word.front() == '#' || (is_digit(word.front()) && !is_commit_name(word));
}

/// Other people's words are let be: `54a4f0239f2e ("mm: …")`, `2 of the leaks`, `owner/repo#12`.
void add_value(Mentions& all, const Mention& form, std::string_view value) {
  const auto say_unclear = [&](std::string_view text) {
    all.unclear.push_back(form.trailer + (text.empty() ? ":" : ": ") + std::string(text));
  };
  const auto words = words_of(value);
  const bool is_list = std::ranges::all_of(words, may_name_task);
  std::vector<std::string_view> unclear;
  for (const auto word : words) {
    const auto task = word.front() == '#' ? number_of(word.substr(1)) : std::nullopt;
    if (task) {
      add(all, {.trailer = form.trailer, .act = form.act, .task = *task});
    } else if (is_list || names_task(word)) {
      unclear.push_back(word);
    }
  }
  // Nothing but what is unclear is shown as it was written.
  if (unclear.size() == words.size()) return say_unclear(util::trim(value));
  for (const auto word : unclear) say_unclear(word);
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
