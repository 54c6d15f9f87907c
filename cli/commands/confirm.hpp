#pragma once
// The one question of the program: before something is gone.

#include <string>

#include "cli/command.hpp"
#include "cli/session/session.hpp"

namespace taskman::cli {

inline constexpr Flag kYesFlag{.name = "yes", .value = "", .help = "do not ask", .letter = 'y'};
inline constexpr Flag kDetachFlag{
    .name = "detach",
    .value = "",
    .help = "what belongs to it stays, without it; else it is refused"};

/// Whether a person is there to answer, and nothing says not to ask: --yes, or a dry run.
bool will_ask(const Session& session, const Invocation& invocation);

/// Asks `delete task 42? [y/N]` when it will; else returns at once. Throws kNothing for every
/// answer but yes, and for none.
void confirm(Session& session, const Invocation& invocation, const std::string& what);

}  // namespace taskman::cli
