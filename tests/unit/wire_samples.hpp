#pragma once
// Things to put on the wire: fixed ones for golden texts, random ones for properties.

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "common/model/changeset.hpp"
#include "common/model/sprint.hpp"
#include "common/model/task.hpp"

namespace taskman::test {

inline util::Instant instant_at(std::int64_t milliseconds) {
  return util::Instant(std::chrono::milliseconds(milliseconds));
}

inline constexpr std::int64_t kNoon = 1'795'435'200'123;  // 2026-11-23T12:00:00.123Z

model::Task full_task();
model::Sprint full_sprint();
model::Project full_project();
model::Comment full_comment();
model::Progress some_progress();

/// Values drawn from a seeded generator: the same in every run. One thread.
class Samples {
 public:
  explicit Samples(std::uint32_t seed) : random_(seed) {}

  model::Task task();
  model::Sprint sprint();
  model::Comment comment();
  model::Project project();
  std::int64_t number(std::int64_t low, std::int64_t high);
  /// Any characters: quotes, control characters, all lengths of UTF-8.
  std::string text(std::int64_t longest);
  bool coin() { return number(0, 1) == 1; }
  util::Instant instant() { return instant_at(number(0, 4'000'000'000'000)); }

 private:
  template <typename Make>
  auto maybe(Make make) -> std::optional<decltype(make())> {
    if (coin()) return std::nullopt;
    return make();
  }
  std::vector<std::string> labels();
  std::vector<model::TaskId> ids();
  model::Progress progress();
  model::SprintReport report();

  std::mt19937 random_;
};

}  // namespace taskman::test
