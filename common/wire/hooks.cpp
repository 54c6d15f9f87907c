#include "common/wire/hooks.hpp"

#include <array>

#include "common/wire/by_columns.hpp"
#include "common/wire/rows.hpp"

namespace taskman::wire {
namespace {

using model::DeadLetter;
using model::HookId;

constexpr std::array kHook{
    column<HookView, &HookView::id>("id"),
    column<HookView, &HookView::on>("on"),
    column<HookView, &HookView::project>("project"),
    column<HookView, &HookView::kind>("kind"),
    column<HookView, &HookView::target>("target"),
    column<HookView, &HookView::actor>("actor"),
    column<HookView, &HookView::created_at>("created_at"),
    column<HookView, &HookView::state>("state"),
    column<HookView, &HookView::rev>("rev"),
    column<HookView, &HookView::lag>("lag"),
    column<HookView, &HookView::failures>("failures"),
    column<HookView, &HookView::next_try_at>("next_try_at"),
    column<HookView, &HookView::delivered_at>("delivered_at"),
    column<HookView, &HookView::last_error>("last_error"),
    column<HookView, &HookView::dead>("dead"),
    column<HookView, &HookView::secret>("secret"),
};

void put_frame(std::string& out, const DeadLetter& from) {
  put(out, from.frame ? Raw{*from.frame} : Raw{"null"});
}

constexpr std::array kDeadLetter{
    Column<DeadLetter>{"hook",
                       [](std::string& out, const DeadLetter& from) { put(out, from.hook.value); },
                       [](const DeadLetter& a, const DeadLetter& b) { return a.hook == b.hook; },
                       [](const Field& field, DeadLetter& to) { get(field, to.hook.value); }},
    column<DeadLetter, &DeadLetter::rev>("rev"),
    column<DeadLetter, &DeadLetter::attempts>("attempts"),
    column<DeadLetter, &DeadLetter::error>("error"),
    column<DeadLetter, &DeadLetter::at>("at"),
    column<DeadLetter, &DeadLetter::again>("again"),
    Column<DeadLetter>{"frame", put_frame,
                       [](const DeadLetter& a, const DeadLetter& b) { return a.frame == b.frame; },
                       [](const Field&, DeadLetter&) {}},
};

constexpr std::array kNewHook{
    row<NewHook, &NewHook::on>("on"),           row<NewHook, &NewHook::run>("run"),
    row<NewHook, &NewHook::post>("post"),       row<NewHook, &NewHook::secret>("secret"),
    row<NewHook, &NewHook::project>("project"),
};

std::string_view state_of(const model::Hook& hook) {
  if (hook.paused) return "paused";
  return hook.progress.failures > 0 ? "retrying" : "active";
}

}  // namespace

HookView view_of(const model::Hook& hook) {
  return {.id = hook.id.value,
          .on = hook.on,
          .project = hook.sprints_of,
          .kind = hook.kind == model::HookKind::kRun ? "run" : "post",
          .target = hook.target,
          .actor = hook.actor,
          .created_at = hook.created_at,
          .state = std::string(state_of(hook)),
          .rev = hook.progress.rev,
          .failures = hook.progress.failures,
          .next_try_at = hook.progress.next_try_at,
          .delivered_at = hook.progress.delivered_at,
          .last_error = hook.progress.last_error,
          .dead = hook.dead};
}

std::string encode(const HookView& view) { return encode_by(kHook, view); }
HookView decode_hook(std::string_view json) { return decode_by(kHook, json, "hook"); }

std::string encode(const DeadLetter& letter) { return encode_by(kDeadLetter, letter); }
DeadLetter decode_dead_letter(std::string_view json) {
  return decode_by(kDeadLetter, json, "dead letter");
}

std::string encode(const NewHook& hook) {
  std::string out;
  Object object(out);
  object("on", hook.on).maybe("run", hook.run).maybe("post", hook.post);
  object.maybe("secret", hook.secret).maybe("project", hook.project).close();
  return out;
}

NewHook decode_new_hook(std::string_view json) {
  constexpr std::string_view kWhat = "new hook";
  auto hook = decode_input<NewHook>(json, kNewHook, kWhat);
  if (hook.on.empty()) refuse_missing("on", kWhat);
  if (!hook.run && !hook.post) refuse_missing("run or post", kWhat);
  if (hook.run && hook.post) {
    throw error::Error(error::Code::kInvalidValue, "new hook: run and post exclude each other",
                       "make two hooks", {{"post", "beside run"}});
  }
  return hook;
}

}  // namespace taskman::wire
