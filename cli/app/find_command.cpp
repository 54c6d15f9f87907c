#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "cli/app/command_line.hpp"
#include "cli/commands/all.hpp"
#include "cli/commands/synonyms.hpp"
#include "cli/session/shared_flags.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"

namespace taskman::app {
namespace {

using error::Code;
using error::Error;

/// `task release` for `release`: the first command of that verb behind another noun.
std::optional<std::string> elsewhere(std::string_view verb) {
  const auto row = std::ranges::find_if(
      cli::all(), [&](const cli::Command* each) { return each->verb == verb; });
  if (row == cli::all().end()) return std::nullopt;
  return cli::full_name(**row);
}

/// `noun` is the one whose verb is unknown; empty for the first word.
[[noreturn]] void refuse(const std::string& noun, const std::string& word,
                         const std::vector<std::string_view>& known) {
  std::optional<std::string> near;
  if (const auto meant = cli::meant_verb(noun, word, known)) near = *meant;
  if (!near) near = elsewhere(word);
  if (!near) {
    if (const auto similar = util::suggest(word, known)) near = *similar;
  }
  const std::string prefix = noun.empty() ? noun : noun + ' ';
  throw Error(Code::kUsage,
              "unknown " + prefix + "command '" + util::escape_for_terminal(word) + "'",
              near ? "did you mean " + *near + "?" : "see taskman " + prefix + "--help");
}

std::vector<std::string_view> verbs_of(std::string_view noun) {
  std::vector<std::string_view> verbs;
  for (const auto* row : cli::all()) {
    if (row->noun == noun) verbs.push_back(row->verb);
  }
  return verbs;
}

/// Whether the word is a shared flag whose value is the next word.
bool takes_next(const std::string& word) {
  return std::ranges::any_of(cli::shared_flags(), [&](const cli::Flag& flag) {
    if (flag.value.empty()) return false;
    return word == "--" + std::string(flag.name) ||
           (flag.letter != 0 && word == std::string{'-', flag.letter});
  });
}

bool is_flag(const std::string& word) { return word.size() > 1 && word.front() == '-'; }

/// Takes the next word that is no flag out of `words`; empty when there is none.
std::string take_word(Words& words) {
  for (auto word = words.begin(); word != words.end() && *word != "--"; ++word) {
    if (!is_flag(*word)) {
      std::string taken = *word;
      words.erase(word);
      return taken;
    }
    if (takes_next(*word) && word + 1 != words.end()) ++word;
  }
  return {};
}

bool is_noun(std::string_view word) {
  return std::ranges::any_of(cli::nouns(),
                             [&](const cli::Noun& noun) { return noun.name == word; });
}

}  // namespace

std::vector<std::string_view> first_words() {
  std::set<std::string_view> words;
  for (const auto* row : cli::all()) {
    words.insert(row->noun.empty() ? row->verb : row->noun);
    if (!row->shorthand.empty()) words.insert(row->shorthand);
  }
  return {words.begin(), words.end()};
}

Address find_command(const Words& words) {
  Address address{.rest = words};
  const std::string first = take_word(address.rest);
  if (first.empty()) return address;
  if (!is_noun(first)) {
    address.command = cli::find({}, first);
    if (address.command == nullptr) refuse({}, first, first_words());
    return address;
  }
  address.noun = first;
  const std::string verb = take_word(address.rest);
  if (verb.empty()) return address;
  address.command = cli::find(first, verb);
  if (address.command == nullptr) refuse(first, verb, verbs_of(first));
  return address;
}

Words with_help_flag(Words words) {
  auto at = words.begin();
  if (at != words.end() && is_noun(*at)) ++at;
  if (at == words.end() || *at != "help") return words;
  words.erase(at);
  words.emplace_back("--help");
  return words;
}

bool asks_for_help(const Words& words) {
  for (const auto& word : words) {
    if (word == "--") return false;
    if (word == "--help" || word == "-h") return true;
  }
  return false;
}

}  // namespace taskman::app
