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
};

/// A sprint word that nobody resolved matches nothing.
SqlFilter to_sql(const filter::Expr& expr, const filter::Context& context);

void bind_all(Query& query, const std::vector<SqlFilter::Parameter>& parameters);

}  // namespace taskman::store::sqlite
