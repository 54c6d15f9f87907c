#pragma once
// A filter as SQL over the table tasks: bound parameters only, the same truth as filter::matches.

#include <string>
#include <vector>

#include "common/filter/filter.hpp"
#include "daemon/store/sqlite/statement.hpp"
#include "daemon/store/sqlite/term_sql.hpp"

namespace taskman::store::sqlite {

struct SqlFilter {
  std::string where;  ///< an expression; true, false or null (which is false)
  SqlParameters parameters;
  bool only_status = true;  ///< reads no column but status and open
};

/// A sprint word that nobody resolved matches nothing.
SqlFilter to_sql(const filter::Expr& expr, const filter::Context& context,
                 LabelSearch search = LabelSearch::kCollect);

/// Whether the filter asks for a label among open tasks, which an index holds in the default order.
bool names_label_among_open(const filter::Expr& expr);

/// The labels of each term that every matching task fulfils: one of each at least.
std::vector<std::vector<std::string>> demanded_labels(const filter::Expr& expr);

/// Whether all that match have one priority.
bool names_one_priority(const filter::Expr& expr);

void bind_all(Query& query, const SqlParameters& parameters);

}  // namespace taskman::store::sqlite
