#pragma once
// Which task a branch is of, said by its name. Constant, thread-safe.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace taskman::git {

/// `42-fix-login` for task 42, `Fix login!`: ASCII letters and digits, at most 50 characters, cut
/// between words; `42` when the title gives none of them. Git takes it as it is.
std::string branch_name(std::int64_t task, std::string_view title);

/// 42 of `42`, `42-fix-login`, `ana/42_login`: what the last part of the name begins with.
std::optional<std::int64_t> task_in_name(std::string_view branch);

}  // namespace taskman::git
