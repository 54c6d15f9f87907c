#pragma once
// Which filters change their answer by themselves. Thread-safe.

#include "common/filter/filter.hpp"

namespace taskman::filter {

/// True when the same tasks can give another answer later: `due<today`, `is:overdue`.
bool depends_on_time(const Expr& expr);

/// True when it names sprints by words, `current`, which stand for other sprints later.
bool names_sprints_by_word(const Expr& expr);

}  // namespace taskman::filter
