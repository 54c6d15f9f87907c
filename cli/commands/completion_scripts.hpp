#pragma once

#include <span>
#include <string_view>

namespace taskman::cli {

/// What a shell reads to complete `taskman`, embedded at build from completions/.
struct CompletionScript {
  std::string_view shell;
  std::string_view text;
};

/// Constant, any thread.
std::span<const CompletionScript> completion_scripts();

}  // namespace taskman::cli
