#pragma once
// What values are acceptable. Everything wrong is found at once, each with its wire name. Pure;
// thread-safe.

#include <string_view>
#include <vector>

#include "common/error/error.hpp"
#include "common/model/sprint.hpp"
#include "common/model/task.hpp"

namespace taskman::domain {

using Problems = std::vector<error::Field>;

/// Empty when all is well. A patch is checked as the thing it leads to (patch.hpp).
Problems problems_of(const model::TaskFields& task);
Problems problems_of(const model::SprintFields& sprint);
Problems problems_of(const model::Project& project);
/// A comment's text.
Problems problems_of_comment(std::string_view text);
/// Who acts: field `actor`.
Problems problems_of_actor(std::string_view name);

/// Throws kInvalidValue that names the first problem and carries them all.
void refuse_if_any(const Problems& problems);

template <typename Thing>
void check(const Thing& thing) {
  refuse_if_any(problems_of(thing));
}
inline void check_comment(std::string_view text) { refuse_if_any(problems_of_comment(text)); }
inline void check_actor(std::string_view name) { refuse_if_any(problems_of_actor(name)); }

/// Labels and blockers sorted and each once, as the model promises; empty texts of optional fields
/// become none.
void normalise(model::TaskFields& task);

}  // namespace taskman::domain
