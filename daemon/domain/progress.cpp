#include "daemon/domain/progress.hpp"

#include <cstdint>

namespace taskman::domain {
namespace {

void add(model::Progress& progress, const model::TaskFields& task, std::int64_t sign) {
  const auto status = static_cast<std::size_t>(task.status);
  progress.tasks[status] += sign;
  progress.points[status] += sign * task.points.value_or(0);
  if (!task.points) progress.unestimated += sign;
}

}  // namespace

void count(model::Progress& progress, const model::TaskFields& task) { add(progress, task, 1); }

void uncount(model::Progress& progress, const model::TaskFields& task) { add(progress, task, -1); }

model::Progress progress_of(std::span<const model::Task> tasks) {
  model::Progress progress;
  for (const auto& task : tasks) count(progress, task);
  return progress;
}

std::vector<ProgressStep> progress_steps(const model::TaskFields* before,
                                         const model::TaskFields* after) {
  std::vector<ProgressStep> steps;
  if (before != nullptr && before->sprint) {
    uncount(steps.emplace_back(ProgressStep{*before->sprint, {}}).delta, *before);
  }
  if (after != nullptr && after->sprint) {
    const bool stayed = !steps.empty() && steps.front().sprint == *after->sprint;
    auto& step = stayed ? steps.front() : steps.emplace_back(ProgressStep{*after->sprint, {}});
    count(step.delta, *after);
  }
  std::erase_if(steps, [](const ProgressStep& step) { return step.delta == model::Progress{}; });
  return steps;
}

model::Progress operator+(const model::Progress& a, const model::Progress& b) {
  model::Progress sum = a;
  for (std::size_t i = 0; i < sum.tasks.size(); ++i) {
    sum.tasks[i] += b.tasks[i];
    sum.points[i] += b.points[i];
  }
  sum.unestimated += b.unestimated;
  return sum;
}

}  // namespace taskman::domain
