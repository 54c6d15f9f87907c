#include <algorithm>
#include <iterator>
#include <set>

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

std::vector<std::string_view> verbs_of(std::string_view noun) {
  std::vector<std::string_view> verbs;
  for (const auto* row : cli::all()) {
    if (row->noun == noun) verbs.push_back(row->verb);
  }
  return verbs;
}

/// `list`: `task list, sprint list or project list`. Empty when it is no noun's verb.
std::string with_nouns(std::string_view verb) {
  std::string all;
  std::size_t last = 0;
  for (const auto* row : cli::all()) {
    if (row->noun.empty() || row->verb != verb) continue;
    if (!all.empty()) last = all.size();
    all.append(all.empty() ? "" : ", ").append(cli::full_name(*row));
  }
  if (last != 0) all.replace(last, 2, " or ");
  return all;
}

/// Of an unknown first word: what it means counts most, then that it is a noun's verb, then how it
/// is spelled. Empty when nothing is near.
std::string meant_first(const std::string& word) {
  const auto known = first_words();
  if (const auto meant = cli::meant_verb({}, word, known)) return std::string(*meant);
  if (std::string all = with_nouns(word); !all.empty()) return all;
  const auto verbs = verbs_of("task");
  if (const auto meant = cli::meant_verb("task", word, verbs)) return "task " + std::string(*meant);
  if (const auto near = util::suggest(word, known)) return std::string(*near);
  const auto near = util::suggest(word, verbs);
  return near ? "task " + std::string(*near) : std::string();
}

/// The noun's own verbs count most, then what others have of that name.
std::string meant_behind(const std::string& noun, const std::string& word) {
  const auto known = verbs_of(noun);
  if (const auto meant = cli::meant_verb(noun, word, known)) return std::string(*meant);
  if (std::string all = with_nouns(word); !all.empty()) return all;
  return std::string(util::suggest(word, known).value_or(""));
}

/// `noun` is the one whose verb is unknown; empty for the first word.
[[noreturn]] void refuse(const std::string& noun, const std::string& word) {
  const std::string meant = noun.empty() ? meant_first(word) : meant_behind(noun, word);
  const std::string prefix = noun.empty() ? noun : noun + ' ';
  throw Error(Code::kUsage,
              "unknown " + prefix + "command '" + util::escape_for_terminal(word) + "'",
              meant.empty() ? "see taskman " + prefix + "--help" : "did you mean " + meant + "?");
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

Words without_flags(const Words& words) {
  Words names;
  std::copy_if(words.begin(), std::ranges::find(words, "--"), std::back_inserter(names),
               [](const std::string& word) { return !is_flag(word); });
  return names;
}

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
    if (address.command == nullptr) refuse({}, first);
    return address;
  }
  address.noun = first;
  const std::string verb = take_word(address.rest);
  if (verb.empty()) return address;
  address.command = cli::find(first, verb);
  if (address.command == nullptr) refuse(first, verb);
  return address;
}

Words with_help_flag(Words words) {
  const auto is_name = [](const std::string& word) { return !is_flag(word); };
  auto at = std::ranges::find_if(words, is_name);
  if (at != words.end() && is_noun(*at)) at = std::find_if(at + 1, words.end(), is_name);
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
