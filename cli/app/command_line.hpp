#pragma once
// From the words typed to a row of the command table and its values.

#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"
#include "cli/session/invocation.hpp"

namespace taskman::app {

using Words = std::vector<std::string>;

/// What the words name, before any flag but the shared ones is looked at.
struct Address {
  std::string noun;                       ///< empty: none given
  const cli::Command* command = nullptr;  ///< none: the noun alone, or nothing, was given
  Words rest;                             ///< the words without noun and verb, in their order
};

/// Throws kUsage with a suggestion for an unknown noun or verb.
Address find_command(const Words& words);

/// The words before `--` that are no flags; a flag's value is one of them.
Words without_flags(const Words& words);

/// What can stand first: nouns, verbs without one, shorthands.
std::vector<std::string_view> first_words();

/// Reads the values of a command. Throws kUsage naming the word that does not fit.
cli::Invocation parse(const cli::Command& command, const Words& words);

/// `help task add` and `task help` as `task add --help` and `task --help`; other words as they are.
Words with_help_flag(Words words);

/// Whether --help (or -h) is among the words before `--`.
bool asks_for_help(const Words& words);

}  // namespace taskman::app
