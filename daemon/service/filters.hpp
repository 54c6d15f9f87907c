#pragma once
// Filters and sorting of requests, with every name in them known.

#include <string_view>
#include <vector>

#include "common/filter/filter.hpp"
#include "daemon/service/service.hpp"
#include "daemon/store/store.hpp"

namespace taskman::service {

filter::Context filter_context(const Base& base, const Caller& caller);

/// Parsed, sprint words turned into ids, projects looked up. Throws kInvalidValue naming what is
/// unknown.
filter::Expr parse_filter(store::ReadTx& tx, std::string_view text, const filter::Context& context);

/// True when the same store can give another answer later: `due<today`, `is:overdue`.
bool depends_on_time(const filter::Expr& expr);

/// `priority,-due`: keys with `-` for descending. Throws kInvalidValue that lists the keys.
std::vector<store::Sort> parse_sort(std::string_view text);

/// The keys it knows.
std::vector<std::string_view> sort_keys();

}  // namespace taskman::service
