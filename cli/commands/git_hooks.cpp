#include "cli/commands/git_hooks.hpp"

#include "common/wire/fields.hpp"

namespace taskman::cli {
namespace {

render::Fields known_fields() { return wire::field_names(wire::encode(wire::GitHook{})); }

render::Table table(Session&, const Items& items) {
  render::Table table;
  table.columns = {{"HOOK"}, {"STATE"}, {"PATH"}};
  for (const auto& item : items) {
    const auto hook = wire::decode_git_hook(item);
    table.rows.push_back({{hook.name, render::Tone::kAccent}, {hook.state}, {hook.path}});
  }
  return table;
}

constexpr Kind kHooks{"name", "hooks", "name,state,path", known_fields, table};

}  // namespace

const Kind& git_hook_kind() { return kHooks; }

int print_hooks(Session& session, const Invocation& invocation,
                const std::vector<wire::GitHook>& hooks) {
  Items items;
  for (const auto& hook : hooks) items.push_back(wire::encode(hook));
  return print_list(
      session, invocation,
      arranged(invocation, {.kind = "git_hook.list", .data = wire::array_of(items)}, kHooks),
      kHooks);
}

}  // namespace taskman::cli
