// What hooks and dead letters look like in lists.

#include "cli/commands/print.hpp"
#include "common/time/text.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/hooks.hpp"

namespace taskman::cli {
namespace {

using render::Align;
using render::Fields;
using render::Fit;
using render::Tone;

template <typename Thing>
Fields fields_of() {
  return wire::field_names(wire::encode(Thing{}));
}

render::Table hook_table(Session&, const Items& items) {
  render::Table table;
  table.columns = {{"ID", Align::kRight},
                   {"STATE"},
                   {"ON", Align::kLeft, Fit::kShrink},
                   {"KIND"},
                   {"TARGET", Align::kLeft, Fit::kShrink},
                   {"BEHIND", Align::kRight},
                   {"DEAD", Align::kRight},
                   {"LAST ERROR", Align::kLeft, Fit::kShrink}};
  for (const auto& item : items) {
    const auto hook = wire::decode_hook(item);
    table.rows.push_back({{std::to_string(hook.id), Tone::kAccent},
                          {hook.state, hook.state == "active" ? Tone::kGood : Tone::kBad},
                          {hook.on},
                          {hook.kind},
                          {hook.target},
                          {std::to_string(hook.lag)},
                          {hook.dead == 0 ? "" : std::to_string(hook.dead), Tone::kBad},
                          {hook.last_error.value_or(""), Tone::kBad}});
  }
  return table;
}

render::Table dead_letter_table(Session& session, const Items& items) {
  render::Table table;
  table.columns = {{"HOOK", Align::kRight},
                   {"REV", Align::kRight},
                   {"ATTEMPTS", Align::kRight},
                   {"WHEN"},
                   {"ERROR", Align::kLeft, Fit::kShrink}};
  for (const auto& item : items) {
    const auto letter = wire::decode_dead_letter(item);
    table.rows.push_back({{std::to_string(letter.hook.value), Tone::kAccent},
                          {std::to_string(letter.rev)},
                          {std::to_string(letter.attempts)},
                          {time::to_relative(letter.at, session.now()), Tone::kDim},
                          {letter.error}});
  }
  return table;
}

constexpr Kind kHooks{"id", "hooks", "id,state,on,kind,target,lag,dead,last_error",
                      fields_of<wire::HookView>, hook_table};
constexpr Kind kDeadLetters{"rev", "dead letters", "hook,rev,attempts,at,error",
                            fields_of<model::DeadLetter>, dead_letter_table};

}  // namespace

const Kind& hook_kind() { return kHooks; }
const Kind& dead_letter_kind() { return kDeadLetters; }

}  // namespace taskman::cli
