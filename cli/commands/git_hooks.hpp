#pragma once
// What `git install` and `git uninstall` answer with.

#include <string>

#include "cli/commands/print.hpp"
#include "common/wire/local.hpp"

namespace taskman::cli {

const Kind& git_hook_kind();
int print_hooks(Session& session, const Invocation& invocation,
                const std::vector<wire::GitHook>& hooks);

}  // namespace taskman::cli
