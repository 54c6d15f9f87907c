#pragma once
// Hooks and their dead letters.

#include <optional>
#include <vector>

#include "common/model/hook.hpp"
#include "daemon/store/sqlite/connection.hpp"

namespace taskman::store::sqlite {

std::optional<model::Hook> find_hook(Connection& connection, model::HookId id);
/// By id.
std::vector<model::Hook> all_hooks(Connection& connection);
model::HookId insert_hook(Connection& connection, const model::Hook& hook);
void save_hook_progress(Connection& connection, model::HookId id,
                        const model::HookProgress& progress);
void set_hook_paused(Connection& connection, model::HookId id, bool paused);
/// Its dead letters go with it.
void delete_hook(Connection& connection, model::HookId id);

/// By revision; of all hooks by hook first.
std::vector<model::DeadLetter> dead_letters(Connection& connection,
                                            std::optional<model::HookId> hook);
std::optional<model::DeadLetter> next_letter(Connection& connection, model::HookId hook);
/// Keeps the newest `most` of its hook.
void save_dead_letter(Connection& connection, const model::DeadLetter& letter, std::int64_t most);
void delete_dead_letter(Connection& connection, model::HookId hook, std::int64_t rev);
std::int64_t mark_dead_letters(Connection& connection, model::HookId hook);

}  // namespace taskman::store::sqlite
