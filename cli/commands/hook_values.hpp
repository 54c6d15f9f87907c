#pragma once
// What the commands about hooks share.

#include <array>
#include <string>
#include <string_view>

#include "cli/command.hpp"
#include "cli/session/session.hpp"
#include "common/model/hook.hpp"
#include "common/wire/envelope.hpp"

namespace taskman::cli {

inline constexpr std::array kHookArgs{
    Arg{.name = "ID", .complete = Complete::kHook, .help = "the hook's number: taskman hooks list"},
};

/// The ID that was given. Throws kInvalidValue.
model::HookId hook_id(const Invocation& invocation);

/// What a write answered: `paused hook 3  post https://…`.
int print_hook(Session& session, const Invocation& invocation, const wire::Envelope& answer,
               std::string_view said);

/// One hook in full, for people; `data` is the hook as JSON.
std::string hook_detail(Session& session, const std::string& data);

}  // namespace taskman::cli
