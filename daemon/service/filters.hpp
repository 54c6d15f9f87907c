#pragma once
// Filters and sorting of requests, with every name in them known.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/filter/filter.hpp"
#include "daemon/service/service.hpp"
#include "daemon/store/store.hpp"

namespace taskman::service {

filter::Context filter_context(const Base& base, const Caller& caller);

/// A filter as a caller sends it.
struct FilterText {
  std::string_view text;
  /// Whose sprints current, next, prev and names in it are; none: those of all projects.
  std::optional<std::string> sprints_of;
};

struct ParsedFilter {
  filter::Expr expr;
  std::vector<std::string> notices;  ///< `no sprint is active`, so `sprint:current` matches nothing
};

/// Sprint words turned into ids, projects looked up. Throws kInvalidValue naming what is unknown.
ParsedFilter parse_filter(store::ReadTx& tx, const FilterText& filter,
                          const filter::Context& context);

/// `priority,-due`: keys with `-` for descending. Throws kInvalidValue that lists the keys and
/// names the `field` they were given in.
std::vector<store::Sort> parse_sort(std::string_view text, std::string_view field = "sort");

/// The keys it knows.
std::vector<std::string_view> sort_keys();

}  // namespace taskman::service
