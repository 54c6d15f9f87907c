#include "cli/app/place.hpp"

#include <algorithm>

#include "cli/commands/all.hpp"
#include "cli/session/shared_flags.hpp"

namespace taskman::app {
namespace {

using cli::Arity;
using cli::Flag;

bool is_noun(std::string_view word) {
  return std::ranges::any_of(cli::nouns(),
                             [&](const cli::Noun& noun) { return noun.name == word; });
}

bool looks_like_flag(std::string_view word) {
  return word.size() > 1 && word[0] == '-' && (word[1] < '0' || word[1] > '9');
}

/// Whether the value is the next word; `[SECONDS]` is given behind a `=` only.
bool takes_next(const Flag& flag) { return !flag.value.empty() && flag.value.front() != '['; }

/// Goes over the words before the cursor.
class Walk {
 public:
  void take(const std::string& word) {
    if (place_.flag) {
      if (place_.flag->name == "url") place_.url = word;
      place_.flag.reset();
    } else if (!flags_ended_ && word == "--") {
      flags_ended_ = true;
    } else if (!flags_ended_ && looks_like_flag(word)) {
      take_flag(word);
    } else if (place_.command == nullptr) {
      take_name(word);
    } else {
      place_.words.push_back(word);
    }
  }

  Place at(std::string word) {
    place_.typed = std::move(word);
    if (lost_ || (place_.is_help && place_.command != nullptr)) return place_;
    if (place_.flag) {
      place_.kind = Place::Kind::kFlagValue;
    } else if (!flags_ended_ && place_.typed.starts_with("--") && split_flag()) {
      place_.kind = Place::Kind::kFlagValue;
    } else if (!flags_ended_ && place_.typed.starts_with('-')) {
      place_.kind = Place::Kind::kFlagName;
    } else if (place_.command == nullptr) {
      place_.kind = Place::Kind::kCommand;
    } else {
      find_argument();
    }
    return place_;
  }

 private:
  std::optional<Flag> find_flag(std::string_view word) const {
    const auto known = place_.command == nullptr ? std::vector<Flag>(cli::shared_flags().begin(),
                                                                     cli::shared_flags().end())
                                                 : cli::flags_of(*place_.command);
    for (const Flag& flag : known) {
      const bool by_letter = word.size() == 2 && flag.letter != 0 && word[1] == flag.letter;
      if (by_letter || (word.starts_with("--") && word.substr(2) == flag.name)) return flag;
    }
    return std::nullopt;
  }

  void take_flag(const std::string& word) {
    const auto equals = word.find('=');
    const auto flag = find_flag(std::string_view(word).substr(0, equals));
    if (!flag) return;
    place_.used.insert(flag->name);
    if (equals == std::string::npos) {
      if (takes_next(*flag)) place_.flag = flag;
    } else if (flag->name == "url") {
      place_.url = word.substr(equals + 1);
    }
  }

  void take_name(const std::string& word) {
    if (place_.noun.empty() && !place_.is_help && word == "help") {
      place_.is_help = true;
      return;
    }
    if (place_.noun.empty() && is_noun(word)) {
      place_.noun = word;
      return;
    }
    place_.command = cli::find(place_.noun, word);
    lost_ = place_.command == nullptr;
  }

  /// `--due=fr`: a value behind its flag's name.
  bool split_flag() {
    const auto equals = place_.typed.find('=');
    if (equals == std::string::npos) return false;
    place_.flag = find_flag(std::string_view(place_.typed).substr(0, equals));
    if (!place_.flag) return false;
    place_.before = place_.typed.substr(0, equals + 1);
    place_.typed.erase(0, equals + 1);
    return true;
  }

  void find_argument() {
    const auto args = place_.command->args;
    if (flags_ended_ && !args.empty() && args.back().arity == Arity::kBehind) {
      place_.kind = Place::Kind::kArgument;
      place_.arg = &args.back();
      return;
    }
    std::size_t at = 0;
    for (const cli::Arg& arg : args) {
      if (arg.arity == Arity::kBehind) break;
      const bool many = arg.arity == Arity::kSome || arg.arity == Arity::kAny;
      if (many || at == place_.words.size()) {
        place_.kind = Place::Kind::kArgument;
        place_.arg = &arg;
        place_.given.assign(place_.words.begin() + static_cast<std::ptrdiff_t>(at),
                            place_.words.end());
        return;
      }
      ++at;
    }
    place_.kind = flags_ended_ ? Place::Kind::kNothing : Place::Kind::kFlagName;
  }

  Place place_;
  bool flags_ended_ = false;
  bool lost_ = false;
};

}  // namespace

Place find_place(const Words& words) {
  if (words.empty()) return {};
  Walk walk;
  for (auto word = words.begin(); word + 1 != words.end(); ++word) walk.take(*word);
  return walk.at(words.back());
}

}  // namespace taskman::app
