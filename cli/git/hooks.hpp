#pragma once
// The hooks that `taskman git install` puts into a repository.

#include <array>
#include <string>
#include <string_view>

namespace taskman::git {

/// commit-msg warns before there is a commit; post-commit and post-merge act once there is one.
inline constexpr std::array<std::string_view, 3> kHooks{"commit-msg", "post-commit", "post-merge"};

enum class Strictness { kWarn, kRefuse };  ///< a message that names a task there is not

enum class HookState {
  kAbsent,
  kOurs,
  kOurOld,   ///< made by us, not as we would make it now
  kCallsUs,  ///< somebody else's, with our line in it
  kForeign,
};

/// What the file of the hook should hold.
std::string hook_script(std::string_view hook, Strictness strictness);
/// The line of it that somebody else's hook can do the same with.
std::string hook_line(std::string_view hook);

HookState state_of(const std::string& file, std::string_view script, std::string_view hook);
/// Makes folders as needed, and the file executable. Throws kInvalidValue naming the path.
void write_hook(const std::string& file, std::string_view script);
/// Throws kInvalidValue naming the path.
void remove_hook(const std::string& file);

}  // namespace taskman::git
