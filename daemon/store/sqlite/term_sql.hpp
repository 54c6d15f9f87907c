#pragma once
// One term of a filter as SQL over the table tasks.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "common/filter/filter.hpp"

namespace taskman::store::sqlite {

using SqlParameter = std::variant<std::int64_t, util::Instant, std::string>;
using SqlParameters = std::vector<SqlParameter>;

/// How a label is looked for: by collecting its tasks, or by asking for each task that comes along.
enum class LabelSearch { kCollect, kProbe };

/// An expression: true, false or null (which is false). Its values are added to `parameters`, in
/// the order of their places.
std::string to_sql(const filter::Term& term, const filter::Context& context, LabelSearch search,
                   SqlParameters& parameters);

/// Reads no column but status and open.
bool is_about_status(const filter::Term& term);

}  // namespace taskman::store::sqlite
