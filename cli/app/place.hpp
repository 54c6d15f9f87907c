#pragma once
// Where the cursor stands in a line that is still being typed, by the command table.

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "cli/app/command_line.hpp"
#include "cli/command.hpp"

namespace taskman::app {

struct Place {
  enum class Kind { kNothing, kCommand, kFlagName, kFlagValue, kArgument };

  Kind kind = Kind::kNothing;
  bool is_help = false;                   ///< behind `help`: commands and topics
  std::string noun;                       ///< empty: none typed yet
  const cli::Command* command = nullptr;  ///< none: no verb typed yet
  std::optional<cli::Flag> flag;          ///< kFlagValue: whose
  const cli::Arg* arg = nullptr;          ///< kArgument
  Words given;                            ///< values of `arg` before the cursor
  Words words;                            ///< the same of all arguments, whatever is completed
  std::set<std::string_view> used;        ///< names of the flags before the cursor
  std::optional<std::string> url;         ///< of --url
  std::string before;                     ///< of the word: what stays, `--due=`
  std::string typed;                      ///< of the word: what is completed
};

/// `words` as after `taskman`; the last one is under the cursor. Never throws: a line that makes no
/// sense is a place where nothing fits.
Place find_place(const Words& words);

}  // namespace taskman::app
