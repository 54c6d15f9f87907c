#pragma once
// A filter as SQL over the table tasks: bound parameters only, the same truth as filter::matches.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "common/filter/filter.hpp"
#include "daemon/store/sqlite/statement.hpp"

namespace taskman::store::sqlite {

struct SqlFilter {
  using Parameter = std::variant<std::int64_t, util::Instant, std::string>;

  std::string where;  ///< an expression; true, false or null (which is false)
  std::vector<Parameter> parameters;
  bool only_status = true;  ///< reads no column but status and open
};

/// How a label is looked for: by collecting its tasks, or by asking for each task that comes along.
enum class LabelSearch { kCollect, kProbe };

/// A sprint word that nobody resolved matches nothing.
SqlFilter to_sql(const filter::Expr& expr, const filter::Context& context,
                 LabelSearch search = LabelSearch::kCollect);

/// Whether the filter asks for a label among open tasks, which an index holds in the default order.
bool names_label_among_open(const filter::Expr& expr);

/// Whether all that match have one priority.
bool names_one_priority(const filter::Expr& expr);

void bind_all(Query& query, const std::vector<SqlFilter::Parameter>& parameters);

}  // namespace taskman::store::sqlite
