// The only file that sees CLI11. It gets one option per flag of the one command that was asked for;
// positional words are what it leaves over, and are dealt out here: to CLI11 a title in brackets
// would be a list.

#include <CLI/CLI.hpp>
#include <algorithm>

#include "cli/app/command_line.hpp"
#include "cli/app/unknown_flag.hpp"
#include "cli/session/shared_flags.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"

namespace taskman::app {
namespace {

using cli::Arg;
using cli::Arity;
using cli::Command;
using cli::Flag;
using cli::Invocation;
using error::Code;
using error::Error;

[[noreturn]] void refuse(const Command& command, const std::string& what, std::string hint = {}) {
  if (hint.empty()) hint = "see taskman " + cli::full_name(command) + " --help";
  throw Error(Code::kUsage, what, std::move(hint));
}

std::string shown(const std::string& word) { return "'" + util::escape_for_terminal(word) + "'"; }

/// `--due=` gives the empty value, where CLI11 would take the next word: both become two words.
Words split_values(const Command& command, const Words& words, const std::vector<Flag>& flags) {
  Words split;
  for (auto word = words.begin(); word != words.end(); ++word) {
    const auto equals = word->find('=');
    const auto name = word->starts_with("--") ? std::string_view(*word).substr(2, equals - 2)
                                              : std::string_view{};
    const auto flag = std::ranges::find(flags, name, &Flag::name);
    if (equals == std::string::npos || flag == flags.end()) {
      split.push_back(*word);
      if (flag != flags.end() && flag->value.starts_with('['))
        split.emplace_back();  // `--poll[=SECONDS]`
      continue;
    }
    if (flag->value.empty()) refuse(command, "--" + std::string(name) + " takes no value");
    split.push_back(word->substr(0, equals));
    split.push_back(word->substr(equals + 1));
  }
  return split;
}

/// JSON could not carry it, and what is stored must be what was typed. Only a path may be any
/// bytes.
void check_text(std::string_view name, const std::string& value, cli::Complete what) {
  if (what == cli::Complete::kFile || util::is_utf8(value)) return;
  throw Error(Code::kInvalidValue, std::string(name) + ": " + shown(value) + " is not valid UTF-8");
}

/// A name, an id or a date is never empty; an unset variable of a script must not clear a field.
void check_filled(const Flag& flag, const std::string& value) {
  if (!value.empty() || flag.complete == cli::Complete::kNothing) return;
  throw Error(Code::kInvalidValue, "--" + std::string(flag.name) + ": the value is empty",
              "leave the flag out; to clear a field write none");
}

/// `name` as the user knows it: `--from`, `SHELL`.
void check_choice(const std::string& name, std::span<const std::string_view> choices,
                  const std::string& value) {
  if (choices.empty() || std::ranges::find(choices, value) != choices.end()) return;
  const auto near = util::suggest(value, choices);
  std::string known;
  for (const auto choice : choices) known.append(known.empty() ? "" : ", ").append(choice);
  throw Error(Code::kUsage, name + ": unknown value " + shown(value),
              (near ? "did you mean " + std::string(*near) + "? " : "") + "known: " + known);
}

/// What the flags and the positional words are, as CLI11 tells them apart.
class Reader {
 public:
  Reader(const Command& command, std::vector<Flag> flags)
      : command_(command), flags_(std::move(flags)), values_(flags_.size()) {
    app_.set_help_flag();
    for (std::size_t i = 0; i < flags_.size(); ++i) add(i);
    app_.allow_extras();
  }

  void read(Words words) {
    const auto end_of_flags = std::ranges::find(words, "--");
    behind_.assign(end_of_flags == words.end() ? end_of_flags : end_of_flags + 1, words.end());
    words.erase(end_of_flags, words.end());
    words = split_values(command_, words, flags_);
    std::ranges::reverse(words);  // CLI11 takes them from the end
    try {
      app_.parse(std::move(words));
    } catch (const CLI::ArgumentMismatch& failure) {
      refuse_mismatch(failure);
    } catch (const CLI::Error& failure) {
      refuse(command_, util::to_lower(failure.what()));
    }
    words_ = app_.remaining();
    for (auto word = words_.begin(); word != words_.end(); ++word) {
      if (!is_flag(*word)) continue;
      const bool last = std::next(word) == words_.end();
      refuse_unknown_flag(command_, {*word, last ? std::string() : *std::next(word)});
    }
  }

  /// The positional words before `--`, and those behind it.
  const Words& words() const { return words_; }
  const Words& behind() const { return behind_; }

  void store(Invocation& invocation) const {
    for (std::size_t i = 0; i < flags_.size(); ++i) {
      const std::string name = "--" + std::string(flags_[i].name);
      for (const auto& value : values_[i]) {
        check_text(name, value, flags_[i].complete);
        check_filled(flags_[i], value);
        check_choice(name, flags_[i].choices, value);
      }
      if (values_[i].size() > 1 && flags_[i].repeat == cli::Repeat::kOnce &&
          !flags_[i].value.empty()) {
        refuse(command_, "--" + std::string(flags_[i].name) + " is given twice");
      }
      if (!values_[i].empty()) invocation.set_flag(flags_[i].name, values_[i]);
    }
  }

 private:
  /// A negative number is a value.
  static bool is_flag(const std::string& word) {
    return word.size() > 1 && word[0] == '-' && (word[1] < '0' || word[1] > '9');
  }

  void add(std::size_t i) {
    const Flag& flag = flags_[i];
    std::string names = "--" + std::string(flag.name);
    if (flag.letter != 0) names += std::string(",-") + flag.letter;
    const auto keep = [this, i](const CLI::results_t& values) {
      values_[i] = values;
      return true;
    };
    CLI::Option* option = app_.add_option(names, keep);
    option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    if (flag.value.empty()) option->expected(0);
  }

  [[noreturn]] void refuse_mismatch(const CLI::ArgumentMismatch& failure) const {
    const std::string text = failure.what();
    for (const auto& flag : flags_) {
      const std::string name = "--" + std::string(flag.name);
      if (text.find(name) != std::string::npos)
        refuse(command_, name + " needs a value: " + std::string(flag.value));
    }
    refuse(command_, util::to_lower(text));
  }

  const Command& command_;
  std::vector<Flag> flags_;
  std::vector<cli::Values> values_;
  Words words_;
  Words behind_;
  CLI::App app_;
};

std::string hint_for_surplus(const Command& command) {
  const std::string name = "taskman " + cli::full_name(command);
  if (command.args.empty()) return name + " takes no values";
  const Arg& last = command.args.back();
  if (last.complete == cli::Complete::kTask) return name + " takes one id";
  return name + " takes one " + std::string(last.name) + "; put a text of several words in quotes";
}

[[noreturn]] void refuse_missing(const Command& command, const Arg& arg) {
  refuse(command, std::string(arg.name) + " is missing",
         "usage: " + std::string(command.examples.empty() ? "" : command.examples.front().line));
}

void set_arg(Invocation& invocation, const Arg& arg, const cli::Values& values) {
  for (const auto& value : values) {
    check_text(arg.name, value, arg.complete);
    check_choice(std::string(arg.name), arg.choices, value);
  }
  invocation.set_arg(arg.name, values);
}

/// What stands behind `--` is for the last of its values when the command has a place for it, else
/// more of the same.
void take_behind(Invocation& invocation, Words& words, const Words& behind) {
  const Command& command = invocation.command();
  if (command.args.empty() || command.args.back().arity != Arity::kBehind) {
    words.insert(words.end(), behind.begin(), behind.end());
    return;
  }
  if (behind.empty()) refuse_missing(command, command.args.back());
  set_arg(invocation, command.args.back(), behind);
}

void deal_out(Invocation& invocation, Words words) {
  const Command& command = invocation.command();
  auto next = words.begin();
  for (const Arg& arg : command.args) {
    if (arg.arity == Arity::kBehind) break;
    const bool many = arg.arity == Arity::kSome || arg.arity == Arity::kAny;
    const bool needed = arg.arity == Arity::kOne || arg.arity == Arity::kSome;
    if (next == words.end()) {
      if (needed) refuse_missing(command, arg);
      continue;
    }
    const auto end = many ? words.end() : next + 1;
    set_arg(invocation, arg, {next, end});
    next = end;
  }
  if (next == words.end()) return;
  refuse(command, "one word too many: " + shown(*next), hint_for_surplus(command));
}

}  // namespace

Invocation parse(const Command& command, const Words& words) {
  Invocation invocation(command);
  Reader reader(command, cli::flags_of(command));
  reader.read(words);
  reader.store(invocation);
  Words before = reader.words();
  take_behind(invocation, before, reader.behind());
  deal_out(invocation, std::move(before));
  return invocation;
}

}  // namespace taskman::app
