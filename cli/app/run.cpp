#include "cli/app/run.hpp"

#include <algorithm>
#include <exception>
#include <vector>

#include "cli/app/complete.hpp"
#include "cli/app/help.hpp"
#include "cli/app/topics.hpp"
#include "cli/app/unknown_flag.hpp"
#include "cli/client/interrupts.hpp"
#include "cli/commands/print.hpp"
#include "cli/session/ended_as.hpp"
#include "cli/session/session.hpp"
#include "cli/session/shared_flags.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/util/version.hpp"
#include "common/wire/envelope.hpp"
#include "common/wire/fields.hpp"

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

/// Help about a command, a noun, a topic or, unnamed, the program.
int print_help(Terminal& terminal, const Words& words, std::string_view about,
               const std::string& text) {
  if (!has_word(words, "--json")) return print(terminal, text);
  const auto data = wire::object_of({{"about", wire::quote(about)}, {"text", wire::quote(text)}});
  return print(terminal, wire::encode(wire::Envelope{.kind = "help", .data = data}) + "\n");
}

/// What stands behind `__complete --`.
Words words_to_complete(const Words& words) {
  const auto begin = std::ranges::find(words, "--");
  return begin == words.end() ? Words{} : Words(begin + 1, words.end());
}

Error not_printed(const cli::OutputFailed& failed, std::string hint) {
  return {Code::kInternal, "cannot write to stdout: " + failed.reason, std::move(hint)};
}

/// Never returns: the signal that was held back ends us now.
[[noreturn]] void end(Terminal& terminal, const client::Interrupted& interrupted, bool as_json) {
  try {
    if (interrupted.told) report(terminal, *interrupted.told, as_json);
  } catch (...) {  // nobody reads us
  }
  client::end_by(interrupted.signal);
}

/// Printed as it is, whatever the settings say.
int print_version(Terminal& terminal, const Words& words) {
  const auto other =
      std::ranges::find_if(words, [](const std::string& word) { return word != "--version"; });
  if (other != words.end())
    throw Error(Code::kUsage, "--version takes no '" + util::escape_for_terminal(*other) + "'",
                "it stands alone: taskman --version");
  return print(terminal, "taskman " + std::string(util::kVersion) + "\n");
}

int dispatch(const cli::World& world, Terminal& terminal, const Words& words) {
  if (!words.empty() && words.front() == kCompleteWord)
    return print(terminal, complete(world, words_to_complete(words)));
  if (has_word(words, "--version") && without_flags(words).empty())
    return print_version(terminal, words);
  if (has_word(words, "--dump-commands")) return print(terminal, dump_commands() + "\n");
  if (const auto* topic = find_topic(words))
    return print_help(terminal, words, topic->name, topic->text());
  const Address address = find_command(with_help_flag(words));
  const bool help = asks_for_help(address.rest);
  if (address.command == nullptr) {
    const std::string text = address.noun.empty() ? help_text() : help_text(address.noun);
    if (help || words.empty()) return print_help(terminal, words, address.noun, text);
    refuse_without_command(address);
  }
  if (help) {
    return print_help(terminal, words, cli::full_name(*address.command),
                      help_text(*address.command));
  }
  const cli::Invocation invocation = parse(*address.command, address.rest);
  cli::Session session(world, terminal, invocation);
  cli::check_fields(invocation);
  try {
    const int code = address.command->run(session, invocation);
    terminal.flush();
    return code;
  } catch (const cli::OutputFailed& failed) {
    throw not_printed(failed, session.way_back().value_or(""));
  }
}

}  // namespace

int run(const cli::World& world, const Words& words) {
  Terminal terminal;
  const bool as_json = wants_json(world, words);
  const auto failed = [&](const Error& failure) {
    try {
      report(terminal, failure, as_json);
    } catch (const cli::OutputClosed&) {
    } catch (const cli::OutputFailed&) {
      report(terminal, failure, as_json);  // what was printed before it is given up
    }
    return error::row(failure.code()).exit_code;
  };
  try {
    return dispatch(world, terminal, words);
  } catch (const cli::OutputClosed&) {
    return 0;
  } catch (const client::Interrupted& interrupted) {
    end(terminal, interrupted, as_json);
  } catch (const cli::EndedAs& ended) {
    failed(ended.told);
    return ended.exit_code;
  } catch (const cli::OutputFailed& lost) {
    return failed(not_printed(lost, {}));
  } catch (const Error& failure) {
    return failed(failure);
  } catch (const std::exception& failure) {
    return failed(
        Error(Code::kInternal, failure.what(), "this is a mistake in taskman; please report it"));
  }
}

}  // namespace taskman::app
