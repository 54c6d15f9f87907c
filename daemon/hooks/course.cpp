#include "daemon/hooks/course.hpp"

#include <algorithm>
#include <utility>

#include "common/wire/log.hpp"
#include "daemon/feed/selection.hpp"
#include "daemon/service/hooks.hpp"

namespace taskman::hooks {
namespace {

constexpr int kLooksPerTurn = 256;                 // entries: other hooks have their turn
constexpr std::chrono::minutes kUnderstoodFor{1};  // `due<today` means another day some time

/// Whether words of a filter may mean something else after it.
bool moves_names(feed::Entry& entry) {
  return std::ranges::any_of(entry.refs(), [](const wire::ChangeRef& ref) {
    const auto name = model::name(ref.type);
    return name.starts_with("project.") ||
           (name.starts_with("sprint.") && ref.type != model::ChangeType::kSprintProgress);
  });
}

}  // namespace

void Walk::understand(Course& course) const {
  const util::Instant now = base_.clock.now();
  if (course.selection && now - course.understood_at < kUnderstoodFor) return;
  base_.store.read(
      [&](store::ReadTx& tx) { course.selection = service::selection_of(tx, base_, course.hook); });
  course.understood_at = now;
}

bool Walk::take_dead(Course& course) const {
  if (!course.has_dead) return false;
  std::optional<model::DeadLetter> dead;
  base_.store.read([&](store::ReadTx& tx) { dead = tx.next_letter(course.hook.id); });
  course.has_dead = dead.has_value();
  if (!dead) return false;
  Letter letter{.rev = dead->rev, .frame = std::move(*dead->frame)};
  letter.dead = std::move(dead);
  course.letter = std::move(letter);
  return true;
}

Walk::Found Walk::go_on(Course& course) {
  if (take_dead(course)) return Found::kLetter;
  const std::int64_t head = base_.store.head().rev;
  for (int looks = 0; course.rev < head; ++looks) {
    if (looks == kLooksPerTurn) return Found::kNotYet;
    understand(course);
    const auto entry = log_.find(course.rev + 1);
    if (entry == nullptr) return Found::kHole;
    const feed::Selection& selection = *course.selection;
    if (feed::selects(selection, *entry)) {
      course.letter = {.rev = entry->rev(),
                       .frame = wire::encode_frame(entry->log(), course.hook.progress.told,
                                                   feed::crossing(selection, *entry))};
      if (moves_names(*entry)) course.selection.reset();
      return Found::kLetter;
    }
    if (moves_names(*entry)) course.selection.reset();
    course.rev = entry->rev();
  }
  return Found::kNothing;
}

std::int64_t Walk::oldest() const {
  std::int64_t oldest = 0;
  base_.store.read([&](store::ReadTx& tx) { oldest = tx.log_range().oldest; });
  return oldest;
}

}  // namespace taskman::hooks
