// What becomes of a course after an attempt, and what is stored of it.

#include <algorithm>
#include <exception>
#include <utility>

#include "daemon/hooks/backoff.hpp"
#include "daemon/hooks/deliverer.hpp"

namespace taskman::hooks {

void Deliverer::settle(Course& course, const Outcome& outcome) {
  if (outcome.kind == Outcome::Kind::kDelivered) return delivered(course);
  // What we ended ourselves says nothing of the hook.
  if (finishing_) return;
  shared_.with([](Shared& shared) { ++shared.figures.failed; });
  if (outcome.kind == Outcome::Kind::kFailed) return failed(course, outcome.error);
  note(util::LogLevel::kWarning, "a hook is not wanted any more and was paused", course,
       outcome.error);
  course.hook.paused = true;
  course.hook.progress.last_error = outcome.error;
  save_progress(course);
  saves_.push_back([id = course.hook.id](store::WriteTx& tx) { tx.set_hook_paused(id, true); });
}

void Deliverer::delivered(Course& course) {
  auto& progress = course.hook.progress;
  shared_.with([](Shared& shared) { ++shared.figures.delivered; });
  progress.failures = 0;
  progress.next_try_at.reset();
  progress.last_error.reset();
  progress.delivered_at = base_.clock.now();
  const std::int64_t rev = course.letter->rev;
  if (course.letter->dead) {
    saves_.push_back(
        [id = course.hook.id, rev](store::WriteTx& tx) { tx.delete_dead_letter(id, rev); });
  } else {
    course.rev = progress.rev = progress.told = rev;
  }
  save_progress(course);
}

void Deliverer::failed(Course& course, const std::string& error) {
  auto& progress = course.hook.progress;
  ++progress.failures;
  if (progress.failures >= options_.attempts) return give_up(course, error);
  progress.last_error = error;
  wait(course, wait_after(progress.failures, options_.backoff, random_));
  save_progress(course);
}

void Deliverer::give_up(Course& course, const std::string& error) {
  auto& progress = course.hook.progress;
  shared_.with([](Shared& shared) { ++shared.figures.dead; });
  note(util::LogLevel::kWarning, "a change became a dead letter", course, error);
  const Letter& letter = *course.letter;
  const std::int64_t before = letter.dead ? letter.dead->attempts : 0;
  saves_.push_back([dead = model::DeadLetter{.hook = course.hook.id,
                                             .rev = letter.rev,
                                             .frame = letter.frame,
                                             .attempts = before + progress.failures,
                                             .error = error,
                                             .at = base_.clock.now()}](store::WriteTx& tx) {
    tx.save_dead_letter(dead);
  });
  if (!letter.dead) course.rev = progress.rev = progress.told = letter.rev;
  progress.failures = 0;
  progress.next_try_at.reset();
  progress.last_error = error;
  save_progress(course);
}

/// The log forgot what was to come next: said, then gone on after it.
void Deliverer::skip_hole(Course& course) {
  auto& progress = course.hook.progress;
  const std::int64_t oldest = walk_.oldest();
  const std::string error = "the log forgot revisions " + std::to_string(course.rev + 1) + " to " +
                            std::to_string(oldest) + " (keep_changes) before they were delivered";
  note(util::LogLevel::kWarning, "changes were lost for a hook", course, error);
  saves_.push_back([dead = model::DeadLetter{.hook = course.hook.id,
                                             .rev = oldest,
                                             .frame = std::nullopt,
                                             .error = error,
                                             .at = base_.clock.now()}](store::WriteTx& tx) {
    tx.save_dead_letter(dead);
  });
  course.rev = progress.rev = progress.told = std::max(oldest, course.rev + 1);
  progress.failures = 0;
  progress.last_error = error;
  save_progress(course);
  make_ready(course);
}

/// Not even the next change is known: there is nothing to give up.
void Deliverer::stumble(Course& course, const std::string& error) {
  auto& progress = course.hook.progress;
  note(util::LogLevel::kWarning, "a hook cannot go on", course, error);
  ++progress.failures;
  progress.last_error = error;
  wait(course, wait_after(progress.failures, options_.backoff, random_));
  save_progress(course);
}

void Deliverer::wait(Course& course, std::chrono::milliseconds delay) {
  course.is_waiting = true;
  course.hook.progress.next_try_at = base_.clock.now() + delay;
  course.retry = loop_.call_after(delay, [this, id = course.hook.id] {
    const auto found = courses_.find(id);
    if (found == courses_.end()) return;
    found->second.is_waiting = false;
    if (found->second.is_idle()) make_ready(found->second);
  });
}

void Deliverer::save_progress(const Course& course) {
  saves_.push_back([id = course.hook.id, progress = course.hook.progress](store::WriteTx& tx) {
    tx.save_hook_progress(id, progress);
  });
}

void Deliverer::save() {
  if (saves_.empty()) return;
  try {
    base_.store.write([this](store::WriteTx& tx) {
      for (const Save& each : saves_) each(tx);
    });
    saves_.clear();
  } catch (const std::exception& failure) {
    // Kept for the next time; until then a restart repeats what was delivered.
    if (options_.log) {
      options_.log({util::LogLevel::kError,
                    "the progress of hooks cannot be stored",
                    {{"reason", failure.what()}}});
    }
  }
}

void Deliverer::recount() {
  const std::int64_t head = base_.store.head().rev;
  shared_.with([&](Shared& shared) {
    HookFigures& figures = shared.figures;
    figures.hooks = std::ssize(courses_);
    figures.running = static_cast<std::int64_t>(running_);
    figures.behind = figures.lag = 0;
    shared.looked.clear();
    for (const auto& [id, course] : courses_) {
      shared.looked.emplace(id, course.rev);
      if (course.hook.paused) continue;
      const bool is_behind = course.attempt || course.has_dead || course.rev < head;
      figures.behind += is_behind ? 1 : 0;
      figures.lag = std::max(figures.lag, head - course.rev);
    }
  });
}

std::optional<std::int64_t> Deliverer::looked_up_to(model::HookId id) const {
  return shared_.with([id](const Shared& shared) -> std::optional<std::int64_t> {
    const auto found = shared.looked.find(id);
    if (found == shared.looked.end()) return std::nullopt;
    return found->second;
  });
}

HookFigures Deliverer::figures() const {
  return shared_.with([](const Shared& shared) { return shared.figures; });
}

void Deliverer::note(util::LogLevel level, std::string_view text, const Course& course,
                     const std::string& what) const {
  if (!options_.log) return;
  const std::int64_t rev = course.letter ? course.letter->rev : course.rev + 1;
  options_.log({level,
                text,
                {{"hook", std::to_string(course.hook.id.value)},
                 {"rev", std::to_string(rev)},
                 {"reason", what}}});
}

}  // namespace taskman::hooks
