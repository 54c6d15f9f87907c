#include "daemon/service/history.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "common/error/error.hpp"
#include "common/wire/log.hpp"
#include "daemon/service/answers.hpp"
#include "daemon/service/change_words.hpp"
#include "daemon/service/inverse.hpp"
#include "daemon/service/lease_deeds.hpp"
#include "daemon/service/transaction.hpp"
#include "daemon/service/undo_chain.hpp"

namespace taskman::service {
namespace {

using error::Code;
using error::Error;

model::LogEntry entry_at(store::ReadTx& tx, std::int64_t rev, std::string_view done = "undone") {
  if (auto entry = find_entry(tx, rev)) return *std::move(entry);
  const store::LogRange range = tx.log_range();
  if (rev < 1 || rev > range.head.rev) {
    throw Error(Code::kNotFound, fmt::format("no revision {}", rev),
                fmt::format("the newest is {}; yours: taskman undo --list", range.head.rev));
  }
  throw Error(Code::kNotFound,
              fmt::format("revision {} is not in the log any more, so it cannot be {}", rev, done),
              fmt::format("the log begins after revision {}; how much is kept: taskman config show",
                          range.oldest));
}

std::string words_at(store::ReadTx& tx, std::int64_t rev) {
  const auto entry = find_entry(tx, rev);
  return entry ? words_of(tx, *entry) : "what the log does not tell any more";
}

constexpr const char* kNothingLeft = "nothing is left of it";

/// What taking something back would come to.
struct Prospect {
  bool is_idle = false;
  std::optional<std::string> reason{};  ///< against it
};

// It is found out by working it out.
Prospect prospect_of(store::ReadTx& tx, const Base& base, const UndoChain& chain,
                     util::Instant now) {
  try {
    const model::LogEntry entry = entry_at(tx, chain.last);
    const Inverse inverse =
        inverse_of(tx, base, {.entry = entry, .sense = chain.in_force, .intent = {}, .now = now});
    if (!changes_anything(inverse)) return {.is_idle = true, .reason = kNothingLeft};
  } catch (const Error& refusal) {
    return {.reason = refusal.message()};
  }
  return {};
}

// What a plain undo passes over: what was lent and is over. Of others it is not even worked out.
bool is_idle(store::ReadTx& tx, const Base& base, const UndoChain& chain, util::Instant now) {
  const auto entry = find_entry(tx, chain.last);
  return entry && can_be_spent(*entry) && prospect_of(tx, base, chain, now).is_idle;
}

Asked asked_by(store::ReadTx& tx, const Base& base, const Caller& caller, util::Instant now) {
  return {.actor = caller.actor, .now = now, .is_idle = [&tx, &base, now](const UndoChain& chain) {
            return is_idle(tx, base, chain, now);
          }};
}

// What the log does not tell of is not passed over in silence: it was the last command, and meant.
void check_covered(store::ReadTx& tx, const Asked& asked, std::int64_t rev) {
  const auto untold = tx.last_untold(asked.actor);
  if (!untold || has_command_after(tx, asked, untold->rev)) return;
  throw Error(Code::kConflict,
              fmt::format("the last command of {}, {}, is none that undo covers", asked.actor,
                          untold->command),
              fmt::format("to take back the one before it, {}: taskman undo {}",
                          words_at(tx, chain_of(tx, rev).original), rev));
}

// The link of the chain that is to be taken back.
UndoChain chosen(Work& work, const Base& base, const wire::UndoCommand& command) {
  store::ReadTx& tx = work.tx();
  const Sense sense = command.redo ? Sense::kUndoes : Sense::kDoes;
  const std::string_view verb = command.redo ? "redo" : "undo";
  if (command.rev) {
    entry_at(tx, *command.rev, command.redo ? "redone" : "undone");
    return chain_of(tx, *command.rev);
  }
  const std::string& actor = work.caller().actor;
  const Asked asked = asked_by(tx, base, work.caller(), work.now());
  const auto rev = newest_in_force(tx, asked, sense);
  if (!rev) {
    throw Error(
        Code::kNothing, fmt::format("{} has nothing to {}", actor, verb),
        fmt::format("what {} did: taskman undo --list; of another: taskman {} REV", actor, verb));
  }
  if (!command.redo) check_covered(tx, asked, *rev);
  return chain_of(tx, *rev);
}

void check_in_force(const UndoChain& chain, const wire::UndoCommand& command) {
  if (command.redo && chain.sense == Sense::kDoes && chain.in_force == Sense::kDoes) {
    throw Error(Code::kConflict, fmt::format("revision {} is not undone", *command.rev),
                "only an undo can be redone");
  }
  const auto by = chain.taken_back_by();
  if (!by || (command.redo && chain.in_force == Sense::kUndoes)) return;
  throw Error(Code::kConflict,
              fmt::format("revision {} was taken back already, by revision {}",
                          command.rev.value_or(chain.last), *by),
              fmt::format("to take that back in turn: taskman undo {}", *by));
}

std::string intent_of(const UndoChain& chain) {
  return fmt::format("cannot {} revision {}", chain.in_force == Sense::kDoes ? "undo" : "redo",
                     chain.original);
}

// The last command is what was meant, also when nothing is left of it: whoever means the one before
// says so.
std::string way_on(Work& work, const Base& base) {
  store::ReadTx& tx = work.tx();
  Asked asked = asked_by(tx, base, work.caller(), work.now());
  asked.is_idle = [&](const UndoChain& chain) {
    return prospect_of(tx, base, chain, work.now()).is_idle;
  };
  const auto rev = newest_in_force(tx, asked, Sense::kDoes);
  if (!rev) return "nothing else can be undone";
  return fmt::format("the one before it, {}: taskman undo {}",
                     words_at(tx, chain_of(tx, *rev).original), *rev);
}

wire::UndoReport take_back(Work& work, const Base& base, const UndoChain& chain) {
  const bool is_undo = chain.in_force == Sense::kDoes;
  const model::LogEntry entry = entry_at(work.tx(), chain.last, is_undo ? "undone" : "redone");
  const std::string intent = intent_of(chain);
  const Inverse inverse =
      inverse_of(work.tx(), base,
                 {.entry = entry, .sense = chain.in_force, .intent = intent, .now = work.now()});
  const auto original = find_entry(work.tx(), chain.original);
  wire::UndoReport report{.verb = is_undo ? "undo" : "redo",
                          .rev = work.revision(),
                          .of = chain.last,
                          .original = chain.original,
                          .at = original ? std::optional(original->at) : std::nullopt,
                          .what = words_at(work.tx(), chain.original),
                          .changes = std::nullopt};
  if (!write_inverse(work, inverse))
    throw Error(Code::kNothing, fmt::format("{}: {}", intent, kNothingLeft),
                "all that it changed is as before; " + way_on(work, base));
  work.takes_back(chain.last);
  if (work.request().commit == store::Commit::kDryRun) {
    report.rev.reset();
    report.changes = wire::encode_changes(work.changes());
  }
  return report;
}

std::string words_of_link(store::ReadTx& tx, const model::LogEntry& entry, const UndoChain& chain) {
  if (chain.original == entry.cursor.rev) return words_of(tx, entry);
  return fmt::format("{} of {}: {}", chain.sense == Sense::kDoes ? "redo" : "undo", chain.original,
                     words_at(tx, chain.original));
}

// Of what was brought back by another revision that one is what `undo REV` takes back. None when
// nothing is left of it: it is passed over.
std::optional<wire::UndoItem> item_of(store::ReadTx& tx, const Base& base, std::int64_t rev) {
  const model::LogEntry entry = entry_at(tx, rev);
  const UndoChain chain = chain_of(tx, rev);
  const auto by = chain.taken_back_by();
  const Prospect prospect = by ? Prospect{.reason = fmt::format("taken back by revision {}", *by)}
                               : prospect_of(tx, base, chain, base.clock.now());
  if (prospect.is_idle && chain.original == rev && can_be_spent(entry)) return std::nullopt;
  return wire::UndoItem{.rev = rev,
                        .at = entry.at,
                        .actor = entry.actor,
                        .what = words_of_link(tx, entry, chain),
                        .state = by ? "undone" : "done",
                        .undone_by = by,
                        .undoable = !prospect.reason,
                        .reason = prospect.reason};
}

std::vector<std::string> items_of(store::ReadTx& tx, const Base& base, const std::string& actor,
                                  std::int64_t limit) {
  const store::LogRange range = tx.log_range();
  const std::int64_t lowest = std::max(range.oldest + 1, range.head.rev - kUndoReach);
  std::vector<std::string> items;
  for (const std::int64_t rev : tx.revisions_by(actor, lowest, range.head.rev + 1)) {
    if (std::ssize(items) == limit) break;
    if (!is_command(tx, rev, base.clock.now())) continue;
    if (const auto item = item_of(tx, base, rev)) items.push_back(wire::encode(*item));
  }
  return items;
}

}  // namespace

Answer History::undo(const WriteRequest& request, const wire::UndoCommand& command) const {
  return run_write(base_, request, [&](Work& work) {
    const UndoChain chain = chosen(work, base_, command);
    check_in_force(chain, command);
    return wire::Envelope{.kind = "undo", .data = wire::encode(take_back(work, base_, chain))};
  });
}

Reading History::list(const Caller& caller, std::int64_t limit) const {
  Reading answer;
  base_.store.read(store::Extent::kWhole, [&](store::ReadTx& tx) {
    auto items = items_of(tx, base_, caller.actor, limit + 1);
    const bool is_cut = std::ssize(items) > limit;
    if (is_cut) items.pop_back();
    auto envelope = list_answer("undo.list", items);
    if (is_cut)
      envelope.notices.push_back(
          fmt::format("the newest {} are shown, there are more: see --limit", limit));
    if (const auto untold = tx.last_untold(caller.actor);
        untold &&
        !has_command_after(tx, asked_by(tx, base_, caller, base_.clock.now()), untold->rev)) {
      envelope.notices.push_back(fmt::format("the last command of {}, {}, is none that undo covers",
                                             caller.actor, untold->command));
    }
    answer = reading(std::move(envelope), tx.log_range().head);
  });
  return answer;
}

}  // namespace taskman::service
