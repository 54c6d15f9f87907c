#pragma once
// Flags that many commands have, defined once. Constant, thread-safe.

#include <array>
#include <span>
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace taskman::cli {

/// Every shared flag, whatever command has it.
std::span<const Flag> shared_flags();

/// The shared flags this command has, in the order of help.
std::vector<Flag> shared_flags_of(const Command& command);

/// Its own flags, then the shared ones.
std::vector<Flag> flags_of(const Command& command);

/// `task add`, `where`.
std::string full_name(const Command& command);

/// Of every command that changes something.
inline constexpr std::array kWriteFlags{
    Flag{.name = "key",
         .value = "KEY",
         .help = "idempotency key: the same command by the same user again changes nothing and "
                 "answers the first result"},
    Flag{.name = "dry-run",
         .value = "",
         .help = "say what would happen, change nothing; with --key: what would happen with it"},
};

/// Of changes to one thing that exists.
inline constexpr std::array kMatchFlag{
    Flag{.name = "if-match",
         .value = "VERSION",
         .help = "only if the thing still has this version; else exit 4"},
};

/// Of changes to fields: a change of other fields is none.
inline constexpr std::array kMergeFlag{
    Flag{.name = "merge",
         .value = "",
         .help = "with --if-match: go on when others changed other fields only; else exit 4 with "
                 "base, theirs and yours"},
};

inline constexpr auto kEditFlags = join(kWriteFlags, kMatchFlag);

}  // namespace taskman::cli
