#pragma once
// Changing the user's settings file: `config set` and `config unset`.

#include <optional>
#include <string>

#include "cli/session/session.hpp"

namespace taskman::cli {

/// Writes the setting, or with none removes it. Says where, and what keeps it from counting. The
/// exit code. Throws kInvalidValue for an unknown name, with a suggestion, and for a bad value.
int change_setting(Session& session, const std::string& name, std::optional<std::string> value);

}  // namespace taskman::cli
