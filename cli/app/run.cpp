#include "cli/app/run.hpp"

#include <algorithm>
#include <exception>
#include <vector>

#include "cli/app/complete.hpp"
#include "cli/app/help.hpp"
#include "cli/app/topics.hpp"
#include "cli/commands/print.hpp"
#include "cli/session/session.hpp"
#include "cli/session/shared_flags.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/util/version.hpp"
#include "common/wire/envelope.hpp"

namespace taskman::app {
namespace {

using cli::Terminal;
using error::Code;
using error::Error;

bool has_word(const Words& words, std::string_view wanted) {
  for (const auto& word : words) {
    if (word == "--") return false;
    if (word == wanted) return true;
  }
  return false;
}

bool wants_json(const cli::World& world, const Words& words) {
  return has_word(words, "--json") || world.environment("TASKMAN_OUTPUT") == "json";
}

void report(Terminal& terminal, const Error& failure, bool as_json) {
  if (as_json) return terminal.note(wire::encode_error(failure));
  terminal.note("taskman: " + util::escape_for_terminal(failure.message()));
  for (const auto& field : failure.fields()) {
    // Of one field alone the message speaks, but not of one that another changed meanwhile.
    const bool is_alone = failure.fields().size() == 1 && failure.code() != Code::kStaleVersion;
    const bool is_told = is_alone || failure.message().find(field.message) != std::string::npos;
    if (is_told) continue;
    // A number is a line of the input.
    const bool is_line = util::parse_integer(field.name).has_value();
    terminal.note((is_line ? "  line " : "  ") + util::escape_for_terminal(field.name) + ": " +
                  util::escape_for_terminal(field.message));
  }
  if (!failure.hint().empty())
    terminal.note("hint: " + util::escape_for_terminal(failure.hint(), "\n"));
}

int print(Terminal& terminal, const std::string& text) {
  terminal.print(text);
  terminal.flush();
  return 0;
}

/// What stands behind `__complete --`.
Words words_to_complete(const Words& words) {
  const auto begin = std::ranges::find(words, "--");
  return begin == words.end() ? Words{} : Words(begin + 1, words.end());
}

std::optional<std::string_view> nearest_flag(const std::string& name,
                                             const std::vector<std::string>& known) {
  if (name == "-V") return "--version";
  if (!name.starts_with("--")) return std::nullopt;
  return util::suggest(name, std::vector<std::string_view>(known.begin(), known.end()));
}

/// There are flags but no command: a mistyped flag is what went wrong, else the command is missing.
[[noreturn]] void refuse_without_command(const Address& address) {
  std::vector<std::string> known{"--version"};
  for (const auto& flag : cli::shared_flags()) {
    known.push_back("--" + std::string(flag.name));
    if (flag.letter != 0) known.push_back(std::string{'-', flag.letter});
  }
  const std::string program = "taskman" + (address.noun.empty() ? "" : " " + address.noun);
  const std::string help = "see " + program + " --help";
  for (const auto& word : address.rest) {
    const std::string name = word.substr(0, word.find('='));
    if (!name.starts_with("-") || std::ranges::find(known, name) != known.end()) continue;
    const auto near = nearest_flag(name, known);
    throw Error(Code::kUsage, "unknown flag '" + util::escape_for_terminal(name) + "'",
                near ? "did you mean " + std::string(*near) + "?" : help);
  }
  throw Error(Code::kUsage,
              address.noun.empty() ? "no command given" : "'" + program + "' needs a command",
              help);
}

int dispatch(const cli::World& world, Terminal& terminal, const Words& words) {
  if (!words.empty() && words.front() == kCompleteWord)
    return print(terminal, complete(world, words_to_complete(words)));
  if (has_word(words, "--version") && words.size() == 1)
    return print(terminal, "taskman " + std::string(util::kVersion) + "\n");
  if (has_word(words, "--dump-commands")) return print(terminal, dump_commands() + "\n");
  if (const auto* topic = find_topic(words)) return print(terminal, topic->text());
  const Address address = find_command(with_help_flag(words));
  const bool help = asks_for_help(address.rest);
  if (address.command == nullptr) {
    const std::string text = address.noun.empty() ? help_text() : help_text(address.noun);
    if (help || words.empty()) return print(terminal, text);
    refuse_without_command(address);
  }
  if (help) return print(terminal, help_text(*address.command));
  const cli::Invocation invocation = parse(*address.command, address.rest);
  cli::Session session(world, terminal, invocation);
  cli::check_fields(invocation);
  const int code = address.command->run(session, invocation);
  terminal.flush();
  return code;
}

}  // namespace

int run(const cli::World& world, const Words& words) {
  Terminal terminal;
  const auto failed = [&](const Error& failure) {
    report(terminal, failure, wants_json(world, words));
    return error::row(failure.code()).exit_code;
  };
  try {
    return dispatch(world, terminal, words);
  } catch (const cli::OutputClosed&) {
    return 0;
  } catch (const Error& failure) {
    try {
      return failed(failure);
    } catch (const cli::OutputClosed&) {
      return error::row(failure.code()).exit_code;
    }
  } catch (const std::exception& failure) {
    return failed(
        Error(Code::kInternal, failure.what(), "this is a mistake in taskman; please report it"));
  }
}

}  // namespace taskman::app
