#include "daemon/service/hooks.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/envelope.hpp"
#include "daemon/service/answers.hpp"
#include "daemon/service/feed.hpp"
#include "daemon/service/filters.hpp"
#include "daemon/service/hook_words.hpp"
#include "daemon/service/transaction.hpp"

namespace taskman::service {
namespace {

using error::Code;
using error::Error;
using model::Hook;
using model::HookId;
using model::HookKind;

constexpr std::size_t kMostHooks = 100;

Hook find(store::ReadTx& tx, HookId id) {
  auto hook = tx.find_hook(id);
  if (!hook) {
    throw Error(Code::kNotFound, fmt::format("there is no hook {}", id.value),
                "list them: taskman hooks list");
  }
  return std::move(*hook);
}

bool is_of_tasks(model::ChangeType type) { return model::name(type).starts_with("task."); }

/// A filter speaks of tasks: no change of a sprint ever passes one.
void check_can_match(const feed::Selection& selection) {
  if (!selection.filter || selection.types.empty() ||
      std::ranges::any_of(selection.types, is_of_tasks)) {
    return;
  }
  throw Error(Code::kInvalidValue,
              fmt::format("{} is not of a task, and the filter looks at tasks only",
                          model::name(selection.types.front())),
              "leave the filter out, or name a change of tasks: task.updated",
              {{"on", "never matches"}});
}

Hook made_of(const WriteRequest& request, const wire::NewHook& wanted, std::string secret) {
  Hook hook{.on = std::string(util::trim(wanted.on)),
            .sprints_of = wanted.project,
            .kind = wanted.run ? HookKind::kRun : HookKind::kPost,
            .target = wanted.run ? *wanted.run : *wanted.post,
            .actor = request.caller.actor};
  if (wanted.post) hook.secret = wanted.secret ? *wanted.secret : std::move(secret);
  return hook;
}

// Hooks are no part of what the log tells of, so an undo has to be told.
void say_untold(Work& work, std::string_view verb, HookId id) {
  work.tx().save_untold(work.caller().actor,
                        {.rev = work.tx().log_range().head.rev,
                         .command = fmt::format("hooks {} {}", verb, id.value)});
}

}  // namespace

feed::Selection selection_of(store::ReadTx& tx, const Base& base, const Hook& hook) {
  const HookWords words = split_hook_words(hook.on);
  const FeedRequest request{.caller = {hook.actor, "hook"},
                            .filter = words.filter,
                            .types = words.types,
                            .sprints_of = hook.sprints_of};
  return select(tx, request, filter_context(base, request.caller));
}

wire::HookView Hooks::view(const Hook& hook, std::int64_t head) const {
  wire::HookView view = wire::view_of(hook);
  if (const auto looked = parts_.looked_up_to(hook.id)) view.rev = std::max(view.rev, *looked);
  view.lag = std::max<std::int64_t>(0, head - view.rev);
  return view;
}

Reading Hooks::list() const {
  Reading answer;
  base_.store.read([&](store::ReadTx& tx) {
    const model::Cursor head = tx.log_range().head;
    std::vector<std::string> items;
    for (const Hook& hook : tx.hooks()) items.push_back(wire::encode(view(hook, head.rev)));
    answer = reading(list_answer("hook.list", items), head);
  });
  return answer;
}

Reading Hooks::get(HookId id) const {
  Reading answer;
  base_.store.read([&](store::ReadTx& tx) {
    const model::Cursor head = tx.log_range().head;
    answer = reading({.kind = "hook", .data = wire::encode(view(find(tx, id), head.rev))}, head);
  });
  return answer;
}

Reading Hooks::dead_letters(std::optional<HookId> id) const {
  Reading answer;
  base_.store.read([&](store::ReadTx& tx) {
    if (id) find(tx, *id);
    std::vector<std::string> items;
    for (const auto& letter : tx.dead_letters(id)) items.push_back(wire::encode(letter));
    answer = reading(list_answer("dead_letter.list", items), tx.log_range().head);
  });
  return answer;
}

Answer Hooks::add(const WriteRequest& request, const wire::NewHook& wanted) const {
  check_hook(wanted);
  const std::string secret = parts_.random.token() + parts_.random.token();
  const Answer answer = run_write(base_, request, [&](Work& work) {
    store::WriteTx& tx = work.tx();
    Hook hook = made_of(request, wanted, secret);
    check_can_match(selection_of(tx, base_, hook));
    if (tx.hooks().size() >= kMostHooks) {
      throw Error(Code::kConflict, fmt::format("there are {} hooks already", kMostHooks),
                  "remove one: taskman hooks delete ID");
    }
    hook.created_at = work.now();
    hook.progress.rev = hook.progress.told = tx.log_range().head.rev;
    hook.id = tx.insert_hook(hook);
    say_untold(work, "add", hook.id);
    wire::HookView made = view(hook, hook.progress.rev);
    const bool is_made_here = !hook.secret.empty() && !wanted.secret;
    if (is_made_here && request.commit == store::Commit::kYes) made.secret = hook.secret;
    return wire::Envelope{.kind = "hook", .data = wire::encode(made)};
  });
  parts_.changed();
  return answer;
}

Answer Hooks::change(const WriteRequest& request, const Deed& deed,
                     const std::function<void(store::WriteTx&, const Hook&)>& step) const {
  const Answer answer = run_write(base_, request, [&](Work& work) {
    store::WriteTx& tx = work.tx();
    const Hook before = find(tx, deed.id);
    step(tx, before);
    say_untold(work, deed.verb, deed.id);
    const Hook after = tx.find_hook(deed.id).value_or(before);
    return wire::Envelope{.kind = "hook",
                          .data = wire::encode(view(after, tx.log_range().head.rev))};
  });
  parts_.changed();
  return answer;
}

Answer Hooks::remove(const WriteRequest& request, HookId id) const {
  return change(request, {"delete", id},
                [](store::WriteTx& tx, const Hook& hook) { tx.delete_hook(hook.id); });
}

Answer Hooks::pause(const WriteRequest& request, HookId id) const {
  return change(request, {"pause", id},
                [](store::WriteTx& tx, const Hook& hook) { tx.set_hook_paused(hook.id, true); });
}

Answer Hooks::resume(const WriteRequest& request, HookId id) const {
  return change(request, {"resume", id}, [](store::WriteTx& tx, Hook hook) {
    tx.set_hook_paused(hook.id, false);
    hook.progress.next_try_at.reset();
    tx.save_hook_progress(hook.id, hook.progress);
  });
}

Answer Hooks::retry(const WriteRequest& request, HookId id) const {
  return change(request, {"retry", id}, [](store::WriteTx& tx, Hook hook) {
    if (hook.paused) {
      throw Error(Code::kConflict, fmt::format("hook {} is paused", hook.id.value),
                  fmt::format("let it go on: taskman hooks resume {}", hook.id.value));
    }
    tx.mark_dead_letters(hook.id);
    hook.progress.next_try_at.reset();
    tx.save_hook_progress(hook.id, hook.progress);
  });
}

}  // namespace taskman::service
