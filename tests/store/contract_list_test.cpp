#include <algorithm>
#include <limits>
#include <tuple>

#include "common/util/text.hpp"
#include "store/random_tasks.hpp"

namespace taskman::test {
namespace {

using model::Task;
using model::TaskId;
using store::Direction;
using store::Sort;
using store::SortKey;
using store::TaskQuery;

Bed any_backend() { return Bed(GENERATE(from_range(backends()))); }

filter::Context context_of(Bed& bed) {
  return {.now = bed.clock.now(), .zone = &bed.zone, .actor = "ana"};
}

TaskQuery query_of(Bed& bed, const std::string& text = "") {
  return {.filter = filter::parse(text, context_of(bed)), .context = context_of(bed)};
}

model::Page<Task> list(Bed& bed, const TaskQuery& query) {
  model::Page<Task> page;
  bed.store->read([&](store::ReadTx& tx) { page = tx.list_tasks(query); });
  return page;
}

std::vector<std::int64_t> ids_of(const std::vector<Task>& tasks) {
  std::vector<std::int64_t> ids;
  for (const Task& task : tasks) ids.push_back(task.id.value);
  return ids;
}

/// Less, equal, greater by one key, as the interface words it: empty last in either direction.
int compare_by(const Sort& sort, const Task& a, const Task& b) {
  const auto direct = [&](const auto& x, const auto& y) {
    const int order = x < y ? -1 : (y < x ? 1 : 0);
    return sort.direction == Direction::kAscending ? order : -order;
  };
  const auto with_empty = [&](const auto& x, const auto& y) {
    if (x.has_value() != y.has_value()) return x.has_value() ? -1 : 1;
    return x.has_value() ? direct(*x, *y) : 0;
  };
  switch (sort.key) {
    case SortKey::kId:
      return direct(a.id.value, b.id.value);
    case SortKey::kPriority:
      return direct(a.priority, b.priority);
    case SortKey::kDue:
      return with_empty(a.due, b.due);
    case SortKey::kCreated:
      return direct(a.created_at, b.created_at);
    case SortKey::kUpdated:
      return direct(a.updated_at, b.updated_at);
    case SortKey::kStatus:
      return direct(a.status, b.status);
    case SortKey::kPoints:
      return with_empty(a.points, b.points);
    case SortKey::kTitle:
      return direct(util::to_lower(a.title), util::to_lower(b.title));
  }
  return 0;
}

std::vector<std::int64_t> sorted_ids(std::vector<Task> tasks, std::vector<Sort> sort) {
  if (sort.empty()) sort = {{SortKey::kPriority}, {SortKey::kDue}};
  std::ranges::sort(tasks, [&](const Task& a, const Task& b) {
    for (const Sort& key : sort) {
      if (const int order = compare_by(key, a, b); order != 0) return order < 0;
    }
    return sort.back().direction == Direction::kAscending ? a.id < b.id : b.id < a.id;
  });
  return ids_of(tasks);
}

std::vector<Sort> random_sort(Dice& dice) {
  std::vector<Sort> sort;
  for (std::int64_t i = dice.roll(4); i > 0; --i) {
    sort.push_back({static_cast<SortKey>(dice.roll(8)), static_cast<Direction>(dice.roll(2))});
  }
  return sort;
}

TEST_CASE("SQL and filter::matches tell one truth") {
  Bed bed = any_backend();
  const int seed = GENERATE(range(0, 4));
  Dice dice(static_cast<std::uint64_t>(seed));
  add_random_tasks(bed, dice, 60);
  const std::vector<Task> tasks = all_tasks(bed);
  REQUIRE(tasks.size() > 20);
  bed.store->read([&](store::ReadTx& tx) {
    for (int round = 0; round < 1000; ++round) {
      TaskQuery query{.filter = random_filter(dice, bed.clock.now()), .context = context_of(bed)};
      query.sort = {{SortKey::kId}};
      std::vector<Task> expected;
      std::ranges::copy_if(tasks, std::back_inserter(expected), [&](const Task& task) {
        return matches(query.filter, task, query.context);
      });
      INFO("seed " << seed << " round " << round);
      const auto page = tx.list_tasks(query);
      REQUIRE(ids_of(page.items) == ids_of(expected));
      REQUIRE(page.items == expected);
      REQUIRE(page.total == static_cast<std::int64_t>(expected.size()));
      query.limit = 5;
      REQUIRE(tx.list_tasks(query).total == page.total);
    }
  });
}

TEST_CASE("pages put together are the sorted whole, whatever the order and the size") {
  Bed bed = any_backend();
  const int seed = GENERATE(range(10, 13));
  Dice dice(static_cast<std::uint64_t>(seed));
  add_random_tasks(bed, dice, 60);
  const std::vector<Task> tasks = all_tasks(bed);
  for (int round = 0; round < 60; ++round) {
    TaskQuery query = query_of(bed, dice.one_in(2) ? "" : "is:open");
    query.sort = random_sort(dice);
    std::vector<Task> matching;
    std::ranges::copy_if(tasks, std::back_inserter(matching), [&](const Task& task) {
      return matches(query.filter, task, query.context);
    });
    INFO("seed " << seed << " round " << round);
    REQUIRE(ids_of(list(bed, query).items) == sorted_ids(matching, query.sort));
    query.limit = 1 + dice.roll(20);
    std::vector<Task> together;
    do {
      const auto page = list(bed, query);
      REQUIRE(page.total == static_cast<std::int64_t>(matching.size()));
      REQUIRE(page.items.size() <= static_cast<std::size_t>(*query.limit));
      together.insert(together.end(), page.items.begin(), page.items.end());
      REQUIRE(together.size() <= matching.size());
      query.page = page.next;
    } while (query.page);
    REQUIRE(ids_of(together) == sorted_ids(matching, query.sort));
  }
}

TEST_CASE("large lists take another way and say the same") {
  Bed bed = any_backend();
  bed.store->write([&](store::WriteTx& tx) {
    Dice dice(3);
    for (int i = 0; i < 2500; ++i) {
      Task task;
      task.title = "task " + std::to_string(dice.roll(1000));
      task.status = static_cast<model::Status>(dice.roll(model::kStatusCount));
      task.priority = static_cast<model::Priority>(dice.roll(4));
      if (dice.one_in(2)) task.due = bed.clock.now() + std::chrono::hours(dice.roll(100));
      if (dice.one_in(3)) task.points = dice.roll(5);
      if (!dice.one_in(8)) task.labels = {"common"};
      task.created_at = task.updated_at = bed.clock.now() + std::chrono::hours(dice.roll(100));
      tx.insert_task(task);
    }
  });
  const std::vector<Task> tasks = all_tasks(bed);
  for (const std::string text :
       {"", "is:open", "is:open label:common", "label:common", "status:todo,review,done"}) {
    for (int key = 0; key < 8; ++key) {
      for (const Direction direction : {Direction::kAscending, Direction::kDescending}) {
        TaskQuery query = query_of(bed, text);
        query.sort = {{static_cast<SortKey>(key), direction}};
        std::vector<Task> matching;
        std::ranges::copy_if(tasks, std::back_inserter(matching), [&](const Task& task) {
          return matches(query.filter, task, query.context);
        });
        const auto expected = sorted_ids(matching, query.sort);
        INFO(text << " by " << key);
        query.limit = 30;
        const auto first = list(bed, query);
        REQUIRE(ids_of(first.items) == std::vector(expected.begin(), expected.begin() + 30));
        query.page = first.next;
        REQUIRE(ids_of(list(bed, query).items) ==
                std::vector(expected.begin() + 30, expected.begin() + 60));
        REQUIRE(first.total == static_cast<std::int64_t>(expected.size()));
      }
    }
  }
}

TEST_CASE("a page goes on where it ended, whatever came and went in between") {
  Bed bed = any_backend();
  for (int i = 0; i < 10; ++i) bed.add("task");
  TaskQuery query = query_of(bed);
  query.limit = 4;
  const auto first = list(bed, query);
  CHECK(ids_of(first.items) == std::vector<std::int64_t>{1, 2, 3, 4});
  bed.store->write([](store::WriteTx& tx) {
    tx.delete_task({4});
    tx.delete_task({2});
  });
  Task urgent;
  urgent.title = "urgent";
  urgent.priority = model::Priority::kP0;
  bed.add(urgent);
  query.page = first.next;
  const auto second = list(bed, query);
  CHECK(ids_of(second.items) == std::vector<std::int64_t>{5, 6, 7, 8});
  CHECK(second.total == 9);
}

TEST_CASE("a page of another query, or no page at all, is refused") {
  Bed bed = any_backend();
  for (int i = 0; i < 5; ++i) bed.add("task");
  TaskQuery query = query_of(bed);
  query.limit = 2;
  const std::string next = list(bed, query).next.value();
  const auto refused = [&](const TaskQuery& wrong) {
    return error_of([&] { list(bed, wrong); }).code() == error::Code::kInvalidValue;
  };
  TaskQuery other = query_of(bed, "priority:p2");
  other.page = next;
  CHECK(refused(other));
  other = query;
  other.page = next;
  other.sort = {{SortKey::kTitle}};
  CHECK(refused(other));
  for (const std::string& text :
       std::vector<std::string>{"", "x", next + ".i1", next + "x", next.substr(0, next.size() - 2),
                                next.substr(0, 16) + ".i1.i2.sabc",
                                next.substr(0, 16) + ".i1.i2.i99999999999999999999"}) {
    query.page = text;
    CHECK(refused(query));
  }
}

TEST_CASE("the first tasks are the same whether or not all are counted") {
  Bed bed = any_backend();
  bed.store->write([&](store::WriteTx& tx) {
    for (int i = 0; i < 1'500; ++i) {
      Task task;
      task.title = "task";
      task.priority = static_cast<model::Priority>(i * 7 % 4);
      task.status = static_cast<model::Status>(i % 5);
      task.labels = {i % 3 == 0 ? "rare" : "common"};
      task.created_at = bed.clock.now() - std::chrono::seconds(i * 31 % 1'000);
      tx.insert_task(task);
    }
  });
  for (const auto* filter : {"", "is:open", "is:open label:common", "label:rare", "status:todo",
                             "is:open project:none", "label:neither"}) {
    for (const auto key : {SortKey::kPriority, SortKey::kCreated, SortKey::kTitle}) {
      TaskQuery query = query_of(bed, filter);
      query.sort = {{.key = key}};
      query.limit = 3;
      const auto counted = list(bed, query);
      query.total = TaskQuery::Total::kNotAsked;
      INFO(filter);
      CHECK(ids_of(list(bed, query).items) == ids_of(counted.items));
    }
  }
}

TEST_CASE("a page of a filter with a relative time stays good while time passes") {
  Bed bed = any_backend();
  for (int i = 0; i < 5; ++i) bed.add("task");
  TaskQuery query = query_of(bed, "created>-3h");
  query.limit = 2;
  const auto first = list(bed, query);
  bed.clock.advance(std::chrono::minutes(1));
  TaskQuery later = query_of(bed, "created>-3h");
  later.limit = 2;
  later.page = first.next;
  CHECK(ids_of(list(bed, later).items) == std::vector<std::int64_t>{3, 4});
}

TEST_CASE("a limit of nothing counts, and a list knows of changes made since") {
  Bed bed = any_backend();
  for (int i = 0; i < 5; ++i) bed.add("task");
  TaskQuery query = query_of(bed, "project:none");
  query.limit = 0;
  const auto page = list(bed, query);
  CHECK(page.items.empty());
  CHECK(page.total == 5);
  for (std::int64_t count = 6; count < 12; ++count) {
    bed.add("one more");
    CHECK(list(bed, query).total == count);
  }
}

TEST_CASE("text is found as it is written, in any case of ASCII letters") {
  Bed bed = any_backend();
  for (const char* title :
       {"100% Sure", "100x sure", "a_b", "axb", "back\\slash", "quote ' here", "\xC3\x84rger"})
    bed.add(title);
  const auto found = [&](const std::string& text) {
    TaskQuery query = query_of(bed);
    query.filter = {.kind = filter::Expr::Kind::kTerm};
    query.filter.term = {.field = filter::Field::kTitle, .any_of = {text}};
    return list(bed, query).total;
  };
  CHECK(found("100% s") == 1);
  CHECK(found("A_B") == 1);
  CHECK(found("\\") == 1);
  CHECK(found("' HERE") == 1);
  CHECK(found("\xC3\x84RGER") == 1);
  CHECK(found("\xC3\xA4rger") == 0);
  CHECK(found("%") == 1);
}

}  // namespace
}  // namespace taskman::test
