#include "daemon/store/sqlite/task_list.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "common/util/hash.hpp"
#include "daemon/store/sqlite/filter_sql.hpp"
#include "daemon/store/sqlite/sort_sql.hpp"
#include "daemon/store/sqlite/task_columns.hpp"
#include "daemon/store/sqlite/task_reads.hpp"

namespace taskman::store::sqlite {
namespace {

std::string key_of(std::string key, const SqlParameters& parameters) {
  for (const auto& parameter : parameters) {
    key += '\x1f';
    if (const auto* number = std::get_if<std::int64_t>(&parameter)) key += std::to_string(*number);
    if (const auto* text = std::get_if<std::string>(&parameter)) key += *text;
    if (const auto* at = std::get_if<util::Instant>(&parameter))
      key += std::to_string(at->time_since_epoch().count());
  }
  return key;
}

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
  // Both tables have the columns such a filter reads.
  const std::string_view what = filter.only_status
                                    ? "SELECT ifnull(sum(tasks), 0) FROM status_counts WHERE "
                                    : "SELECT count(*) FROM tasks WHERE ";
  const std::string sql = std::string(what) + filter.where;
  return connection.remembered(key_of(sql, filter.parameters), [&] {
    Query query = connection.query(sql);
    bind_all(query, filter.parameters);
    return query.step() ? query.integer(0) : 0;
  });
}

constexpr std::int64_t kFew = 1000;  // sorted in no time, whatever the order

/// Whether few match or many, for the price of the few.
std::int64_t count_up_to(Connection& connection, const SqlFilter& filter, std::int64_t most) {
  Query query = connection.query("SELECT count(*) FROM (SELECT 1 FROM tasks WHERE " + filter.where +
                                 " LIMIT ?)");
  bind_all(query, filter.parameters);
  query.bind(most);
  return query.step() ? query.integer(0) : 0;
}

/// So few tasks have one of the labels that looking at all of those is quick.
bool are_rare(Connection& connection, const std::vector<std::string>& labels) {
  std::int64_t tasks = 0;
  for (const auto& label : labels) {
    Query query = connection.query(
        "SELECT count(*) FROM (SELECT 1 FROM task_labels WHERE label = ? LIMIT ?)");
    query.bind(label);
    query.bind(kFew + 1);
    if (query.step()) tasks += query.integer(0);
  }
  return tasks <= kFew;
}

enum class Way {
  kPlanned,  ///< as SQLite likes
  kCollect,  ///< all that match fit the page: find them, then sort
  kWalk,     ///< many tasks match: along the order, until the page is full
};

/// One list being made.
struct Listing {
  SqlFilter filter;
  std::vector<OrderTerm> terms;
  std::string order;
  std::vector<KeyValue> start;  ///< empty on the first page
  Way way = Way::kPlanned;
  std::string_view walked;  ///< the clause that names the order's index
};

/// `SELECT <columns> FROM tasks …` for the page, bound.
Query page_query(Connection& connection, const Listing& listing, std::string_view columns) {
  std::string sql = "SELECT ";
  sql.append(columns).append(" FROM tasks ");
  if (listing.way == Way::kWalk) sql += listing.walked;
  sql += " WHERE " + listing.filter.where;
  if (!listing.start.empty()) sql += " AND " + behind(listing.terms);
  // With a sign before it a column is not looked for in an index.
  sql.append(" ORDER BY ").append(listing.way == Way::kCollect ? "+" : "").append(listing.order);
  sql += " LIMIT ?";
  return connection.query(sql);
}

void bind_page(Query& query, const Listing& listing, std::int64_t limit) {
  bind_all(query, listing.filter.parameters);
  if (!listing.start.empty()) bind_behind(query, listing.terms, listing.start);
  query.bind(limit);
}

std::vector<model::Task> fetch_all(Connection& connection, const Listing& listing) {
  std::vector<model::Task> tasks;
  Query query = page_query(connection, listing, task_select());
  bind_page(query, listing, -1);
  while (query.step()) tasks.push_back(read_task(query).task);
  return tasks;
}

/// Ids first: sorting ids out of an index is much cheaper than carrying whole tasks through a sort.
std::vector<model::Task> fetch(Connection& connection, const Listing& listing, std::int64_t limit) {
  std::vector<model::TaskId> ids;
  {
    Query query = page_query(connection, listing, "id");
    bind_page(query, listing, limit);
    while (query.step()) ids.push_back({query.integer(0)});
  }
  std::vector<model::Task> tasks;
  tasks.reserve(ids.size());
  for (const model::TaskId id : ids)
    tasks.push_back(std::move(find_task_row(connection, id)->task));
  return tasks;
}

/// The index that holds the order; a key that the filter leaves one value of orders nothing.
std::string_view index_along(const Listing& listing, const filter::Expr& expr) {
  const std::vector<OrderTerm>& terms = listing.terms;
  const bool second = terms.front().sql == "priority" && names_one_priority(expr);
  const auto index = index_of(second ? terms.at(1) : terms.front());
  return second && terms.at(1).sql == "due_order" ? "" : index;  // tasks_open has both
}

std::int64_t count_all(Connection& connection) {
  static const SqlFilter kAll{.where = "1"};
  return count(connection, kAll);
}

/// The planner knows neither how many tasks match nor how many exist.
void choose_way(Connection& connection, Listing& listing, const TaskQuery& query,
                std::int64_t total) {
  if (total <= *query.limit) listing.way = Way::kCollect;
  if (total <= kFew) return;
  if (query.filter.kind == filter::Expr::Kind::kEverything) listing.filter.where = kEveryTask;
  listing.walked = listing.filter.only_status ? index_of(listing.terms, listing.filter.where)
                                              : index_along(listing, query.filter);
  // To fill a page all/total tasks are met for each that matches; else all that match are sorted.
  const bool soon = *query.limit * count_all(connection) / total < total;
  if (listing.filter.only_status || (soon && !listing.walked.empty())) listing.way = Way::kWalk;
  if (names_label_among_open(query.filter) && listing.way != Way::kWalk && soon)
    listing.filter = to_sql(query.filter, query.context, LabelSearch::kProbe);
}

/// Without a count of all that match. The default order is an index of its own, along which the
/// first are found; only a label decides whether to go along it or to look at what has the label.
void choose_way_uncounted(Connection& connection, Listing& listing, const TaskQuery& query) {
  if (listing.terms.front().sql != "priority") {
    const auto matching = count_up_to(connection, listing.filter, kFew + 1);
    return choose_way(connection, listing, query, matching);
  }
  if (!names_label_among_open(query.filter)) return;
  const bool rare = std::ranges::any_of(
      demanded_labels(query.filter),
      [&](const std::vector<std::string>& labels) { return are_rare(connection, labels); });
  if (!rare) listing.filter = to_sql(query.filter, query.context, LabelSearch::kProbe);
}

}  // namespace

model::Page<model::Task> list_tasks(Connection& connection, const TaskQuery& query) {
  Listing listing{.filter = to_sql(query.filter, query.context), .terms = order_terms(query.sort)};
  listing.order = order_by(listing.terms);
  const std::uint64_t digest = digest_of(listing.filter, listing.order);
  if (query.page) listing.start = parse_page_token(*query.page, digest, listing.terms.size());

  model::Page<model::Task> page;
  if (!query.limit) {
    page.items = fetch_all(connection, listing);
    page.total = query.page ? count(connection, listing.filter)
                            : static_cast<std::int64_t>(page.items.size());
    return page;
  }
  if (query.total == TaskQuery::Total::kNotAsked) {
    choose_way_uncounted(connection, listing, query);
  } else {
    page.total = count(connection, listing.filter);
    if (page.total == 0) return page;
    choose_way(connection, listing, query, page.total);
  }
  // One more than asked for tells whether there is a next page.
  page.items = fetch(connection, listing, *query.limit + 1);
  if (static_cast<std::int64_t>(page.items.size()) > *query.limit) {
    page.items.pop_back();
    if (!page.items.empty()) page.next = to_page_token(digest, listing.terms, page.items.back());
  }
  return page;
}

}  // namespace taskman::store::sqlite
