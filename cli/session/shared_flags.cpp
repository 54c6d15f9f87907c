#include "cli/session/shared_flags.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kAnswer{
    Flag{.name = "json",
         .value = "",
         .help = "one JSON document, the same as the API's (a line each for streams)"},
    Flag{.name = "quiet", .value = "", .help = "ids only", .letter = 'q'},
    Flag{.name = "fields",
         .value = "A,B",
         .help = "only these fields",
         .complete = Complete::kField},
    Flag{.name = "format", .value = "TEXT", .help = "one line each: '{id}\\t{title}'"},
    Flag{.name = "csv", .value = "", .help = "comma-separated, with a header (RFC 4180)"},
};
constexpr std::array kOfLists{
    Flag{.name = "limit", .value = "N", .help = "at most so many; default: all, on a terminal 50"},
    Flag{.name = "sort",
         .value = "KEYS",
         .help = "by these fields, `-` for descending: priority,-due",
         .complete = Complete::kSortKey},
    Flag{.name = "fail-on-empty", .value = "", .help = "exit 8 when nothing matches"},
};
constexpr std::array kConnection{
    Flag{
        .name = "as", .value = "NAME", .help = "act under this name", .complete = Complete::kActor},
    Flag{.name = "url",
         .value = "URL",
         .help = "the daemon: unix:/path to its socket, sqlite:/path to its database"},
    Flag{.name = "timeout", .value = "DURATION", .help = "give up after so long; default 30s"},
    Flag{.name = "no-color", .value = "", .help = "no colours"},
    Flag{.name = "no-autostart",
         .value = "",
         .help = "do not start the daemon; exit 5 when it does not run"},
    Flag{.name = "verbose", .value = "", .help = "say on stderr what is done", .letter = 'v'},
    Flag{.name = "help", .value = "", .help = "print this", .letter = 'h'},
};
constexpr std::string_view kLongTimeout = "give up after so long; default 10m";
constexpr std::string_view kShortTimeout = "give up after so long; default 2s";
constexpr auto kAll = join(kAnswer, kOfLists, kConnection);

}  // namespace

std::span<const Flag> shared_flags() { return kAll; }

std::vector<Flag> shared_flags_of(const Command& command) {
  std::vector<Flag> flags;
  const auto add = [&](std::span<const Flag> more) {
    for (const Flag& flag : more) {
      const bool own = std::ranges::any_of(
          command.flags, [&](const Flag& each) { return each.name == flag.name; });
      if (!own) flags.push_back(flag);
    }
  };
  if (command.output != Output::kNone) add(kAnswer);
  if (command.output == Output::kList) add(kOfLists);
  add(kConnection);
  if (command.patience != Patience::kUsual)
    std::ranges::find(flags, "timeout", &Flag::name)->help =
        command.patience == Patience::kLong ? kLongTimeout : kShortTimeout;
  return flags;
}

std::vector<Flag> flags_of(const Command& command) {
  std::vector<Flag> flags(command.flags.begin(), command.flags.end());
  const auto shared = shared_flags_of(command);
  flags.insert(flags.end(), shared.begin(), shared.end());
  return flags;
}

std::string full_name(const Command& command) {
  if (command.noun.empty()) return std::string(command.verb);
  return std::string(command.noun) + ' ' + std::string(command.verb);
}

}  // namespace taskman::cli
