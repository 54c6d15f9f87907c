#include "daemon/store/sqlite/task_list.hpp"

#include <string>
#include <utility>
#include <vector>

#include "common/util/hash.hpp"
#include "daemon/store/sqlite/filter_sql.hpp"
#include "daemon/store/sqlite/sort_sql.hpp"
#include "daemon/store/sqlite/task_columns.hpp"

namespace taskman::store::sqlite {
namespace {

/// What makes two queries the same for a page token. Instants are left out: `created>-3h` means
/// another instant on the next page.
std::uint64_t digest_of(const SqlFilter& filter, const std::string& order) {
  std::uint64_t hash = util::fnv1a(order, util::fnv1a(filter.where));
  for (const auto& parameter : filter.parameters) {
    if (const auto* number = std::get_if<std::int64_t>(&parameter)) {
      hash = util::fnv1a(std::to_string(*number) + ';', hash);
    } else if (const auto* text = std::get_if<std::string>(&parameter)) {
      hash = util::fnv1a(*text + ';', hash);
    }
  }
  return hash;
}

std::int64_t count(Connection& connection, const SqlFilter& filter) {
  Query query = connection.query("SELECT count(*) FROM tasks WHERE " + filter.where);
  bind_all(query, filter.parameters);
  return query.step() ? query.integer(0) : 0;
}

/// One list being made.
struct Listing {
  SqlFilter filter;
  std::vector<OrderTerm> terms;
  std::string order;
  std::vector<KeyValue> start;  ///< empty on the first page
};

std::vector<model::Task> fetch(Connection& connection, const Listing& listing, std::int64_t limit) {
  std::string sql = "SELECT " + task_select() + " FROM tasks WHERE " + listing.filter.where;
  if (!listing.start.empty()) sql += " AND " + behind(listing.terms);
  sql += " ORDER BY " + listing.order + " LIMIT ?";
  std::vector<model::Task> tasks;
  Query query = connection.query(sql);
  bind_all(query, listing.filter.parameters);
  if (!listing.start.empty()) bind_behind(query, listing.terms, listing.start);
  query.bind(limit);
  while (query.step()) tasks.push_back(read_task(query).task);
  return tasks;
}

}  // namespace

model::Page<model::Task> list_tasks(Connection& connection, const TaskQuery& query) {
  Listing listing{.filter = to_sql(query.filter, query.context), .terms = order_terms(query.sort)};
  listing.order = order_by(listing.terms);
  const std::uint64_t digest = digest_of(listing.filter, listing.order);
  if (query.page) listing.start = parse_page_token(*query.page, digest, listing.terms.size());

  model::Page<model::Task> page;
  // One more than asked for tells whether there is a next page.
  page.items = fetch(connection, listing, query.limit ? *query.limit + 1 : -1);
  const auto found = static_cast<std::int64_t>(page.items.size());
  const bool more = query.limit && found > *query.limit;
  page.total = !more && !query.page ? found : count(connection, listing.filter);
  if (more) {
    page.items.pop_back();
    if (!page.items.empty()) page.next = to_page_token(digest, listing.terms, page.items.back());
  }
  return page;
}

}  // namespace taskman::store::sqlite
