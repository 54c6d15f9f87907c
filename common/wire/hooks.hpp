#pragma once
// Hooks as callers see them, and as they make them.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/model/hook.hpp"

namespace taskman::wire {

/// Kind `hook`.
struct HookView {
  std::int64_t id = 0;
  std::string on;
  std::optional<std::string> project;  ///< whose sprints the filter's words mean
  std::string kind;                    ///< `run` or `post`
  std::string target;
  std::string actor;
  util::Instant created_at;
  std::string state;     ///< `active`, `retrying` or `paused`
  std::int64_t rev = 0;  ///< everything up to here is done with
  std::int64_t lag = 0;  ///< revisions from there to the newest
  std::int64_t failures = 0;
  std::optional<util::Instant> next_try_at;
  std::optional<util::Instant> delivered_at;
  std::optional<std::string> last_error;
  std::int64_t dead = 0;
  std::optional<std::string> secret;  ///< told once, to who made it
  bool operator==(const HookView&) const = default;
};
/// Everything but `lag`, `secret` and a `rev` that is newer than what is stored.
HookView view_of(const model::Hook& hook);
std::string encode(const HookView& view);
HookView decode_hook(std::string_view json);

/// An item of kind `dead_letter.list`.
std::string encode(const model::DeadLetter& letter);
/// Without its frame.
model::DeadLetter decode_dead_letter(std::string_view json);

/// `{"on","run"|"post","secret"?,"project"?}`
struct NewHook {
  std::string on;
  std::optional<std::string> run;
  std::optional<std::string> post;
  std::optional<std::string> secret;
  std::optional<std::string> project;
};
std::string encode(const NewHook& hook);
/// Throws kInvalidValue unless it has exactly one of run and post.
NewHook decode_new_hook(std::string_view json);

}  // namespace taskman::wire
