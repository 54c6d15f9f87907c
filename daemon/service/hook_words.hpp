#pragma once
// What callers say of a new hook, checked.

#include <string>
#include <string_view>

#include "common/wire/hooks.hpp"

namespace taskman::service {

/// `task.updated,sprint.* status:done` taken apart: what leads and looks like types of changes, and
/// a filter. `*` alone is everything.
struct HookWords {
  std::string types;
  std::string filter;
};
HookWords split_hook_words(std::string_view on);

/// Throws kInvalidValue for a command or a URL that cannot be one, and for a secret that is none.
void check_hook(const wire::NewHook& hook);

}  // namespace taskman::service
