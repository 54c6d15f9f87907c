#include "cli/app/unknown_flag.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "cli/commands/synonyms.hpp"
#include "cli/session/shared_flags.hpp"
#include "common/error/error.hpp"
#include "common/filter/words.hpp"
#include "common/util/shell.hpp"
#include "common/util/text.hpp"

namespace taskman::app {
namespace {

using cli::Command;
using Names = std::vector<std::string>;  // dashed

[[noreturn]] void refuse(const std::string& name, std::string hint) {
  throw error::Error(error::Code::kUsage, "unknown flag '" + util::escape_for_terminal(name) + "'",
                     std::move(hint));
}

std::string name_of(const std::string& word) { return word.substr(0, word.find('=')); }

/// By its meaning, else by its spelling; dashed.
std::optional<std::string> nearest_flag(const std::string& name, const Names& known) {
  if (!name.starts_with("--")) return std::nullopt;
  std::vector<std::string_view> bare;
  for (const std::string_view each : known) bare.push_back(each.substr(2));
  if (const auto meant = cli::meant_flag(std::string_view(name).substr(2), bare))
    return "--" + std::string(*meant);
  const auto near = util::suggest(name, std::vector<std::string_view>(known.begin(), known.end()));
  return near ? std::optional(std::string(*near)) : std::nullopt;
}

/// `--status todo` and `--mine` where a filter is taken: `status:todo`, `is:mine`.
std::optional<std::string> as_filter(const Command& command, const UnknownFlag& flag) {
  const bool takes_filter = std::ranges::any_of(
      command.args, [](const cli::Arg& arg) { return arg.complete == cli::Complete::kFilter; });
  if (!takes_filter || !flag.word.starts_with("--")) return std::nullopt;
  std::string name = name_of(flag.word).substr(2);
  std::ranges::replace(name, '-', '_');
  if (filter::find_flag(name)) return "is:" + name;
  const auto* const field = filter::find_field(name);
  if (field == nullptr) return std::nullopt;
  const auto equals = flag.word.find('=');
  const std::string value = equals == std::string::npos ? flag.next : flag.word.substr(equals + 1);
  if (value.empty() || value.starts_with('-')) return std::string(field->example);
  return util::shell_word(std::string(field->name) + ":" + value);
}

/// `--title x` where TITLE stands alone.
std::optional<std::string> as_argument(const Command& command, const std::string& name) {
  const auto arg = std::ranges::find_if(
      command.args, [&](const cli::Arg& each) { return "--" + util::to_lower(each.name) == name; });
  if (arg == command.args.end() || command.examples.empty()) return std::nullopt;
  return std::string(arg->name) +
         " stands without a flag: " + std::string(command.examples.front().line);
}

}  // namespace

void refuse_unknown_flag(const Command& command, const UnknownFlag& flag) {
  const std::string name = name_of(flag.word);
  if (const auto term = as_filter(command, flag)) refuse(name, "write " + *term);
  if (auto way = as_argument(command, name)) refuse(name, *std::move(way));
  Names known;
  for (const auto& each : cli::flags_of(command)) known.push_back("--" + std::string(each.name));
  if (const auto near = nearest_flag(name, known)) refuse(name, "did you mean " + *near + "?");
  refuse(name, "to give it as a value, put -- before it; flags: taskman " +
                   cli::full_name(command) + " --help");
}

void refuse_without_command(const Address& address) {
  Names known{"--version"};
  std::string letters = "-";
  for (const auto& flag : cli::shared_flags()) {
    known.push_back("--" + std::string(flag.name));
    if (flag.letter != 0) letters += flag.letter;
  }
  const std::string program = "taskman" + (address.noun.empty() ? "" : " " + address.noun);
  const std::string help = "see " + program + " --help";
  for (const auto& word : address.rest) {
    const std::string name = name_of(word);
    const bool is_letter = name.size() == 2 && letters.find(name[1]) != std::string::npos;
    if (!name.starts_with("-") || is_letter || std::ranges::find(known, name) != known.end())
      continue;
    const auto near =
        name == "-V" ? std::optional<std::string>(known.front()) : nearest_flag(name, known);
    refuse(name, near ? "did you mean " + *near + "?" : help);
  }
  throw error::Error(
      error::Code::kUsage,
      address.noun.empty() ? "no command given" : "'" + program + "' needs a command", help);
}

}  // namespace taskman::app
