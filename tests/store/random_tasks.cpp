#include "store/random_tasks.hpp"

#include <chrono>

namespace taskman::test {
namespace {

using filter::Expr;
using filter::Field;
using filter::Value;
using model::Task;

const std::vector<std::string> kWords{"login", "LOGIN page", "50% off_",
                                      "it's",  "",           "\xC3\x84rger"};
const std::vector<std::string> kPeople{"ana", "bob", "Ana"};
const std::vector<std::string> kLabels{"api", "db", "ui"};

template <typename Item>
const Item& any_of(Dice& dice, const std::vector<Item>& items) {
  return items[static_cast<std::size_t>(dice.roll(static_cast<std::int64_t>(items.size())))];
}

template <typename Result>
std::optional<Result> maybe(Dice& dice, Result value) {
  if (dice.one_in(3)) return std::nullopt;
  return value;
}

util::Instant around(Dice& dice, util::Instant now) {
  return now + std::chrono::hours(dice.roll(9) - 4);
}

std::string words(Dice& dice) { return "a " + any_of(dice, kWords) + " " + any_of(dice, kWords); }

Task random_task(Dice& dice, util::Instant now, std::int64_t known) {
  Task task;
  task.title = words(dice);
  task.body = dice.one_in(3) ? "" : words(dice);
  task.status = static_cast<model::Status>(dice.roll(model::kStatusCount));
  task.priority = static_cast<model::Priority>(dice.roll(4));
  task.project = maybe(dice, "p" + std::to_string(dice.roll(3)));
  task.sprint = maybe(dice, model::SprintId{1 + dice.roll(4)});
  if (known > 0) task.parent = maybe(dice, model::TaskId{1 + dice.roll(known)});
  task.assignee = maybe(dice, any_of(dice, kPeople));
  for (const std::string& label : kLabels) {
    if (dice.one_in(3)) task.labels.push_back(label);
  }
  task.points = maybe(dice, dice.roll(5));
  task.due = maybe(dice, around(dice, now));
  for (std::int64_t id = 1; id <= std::min<std::int64_t>(known, 6); ++id) {
    if (dice.one_in(5)) task.blocked_by.push_back({id});
  }
  task.lease = maybe(dice, model::Lease{.holder = "bob", .until = around(dice, now), .token = 7});
  task.created_at = around(dice, now);
  task.updated_at = around(dice, now);
  task.started_at = maybe(dice, around(dice, now));
  task.closed_at = maybe(dice, around(dice, now));
  return task;
}

Value random_range(Dice& dice) {
  const std::int64_t low = dice.roll(6);
  return filter::IntRange{low, low + (dice.one_in(2) ? 0 : dice.roll(4))};
}

Value random_value(Dice& dice, Field field, util::Instant now) {
  if (field != Field::kIs && dice.one_in(5)) return filter::None{};
  switch (field) {
    case Field::kStatus:
      return static_cast<model::Status>(dice.roll(model::kStatusCount));
    case Field::kIs:
      return static_cast<filter::Flag>(dice.roll(8));
    case Field::kPriority:
      return static_cast<model::Priority>(dice.roll(4));
    case Field::kProject:
      return "p" + std::to_string(dice.roll(4));
    case Field::kAssignee:
      return any_of(dice, kPeople);
    case Field::kLabel:
      return any_of(dice, kLabels);
    case Field::kExternal:
      return "x:" + std::to_string(dice.roll(20));
    case Field::kTitle:
    case Field::kBody:
      return any_of(dice, kWords);
    case Field::kSprint:
    case Field::kParent:
    case Field::kPoints:
    case Field::kId:
    case Field::kBlockedBy:
      return random_range(dice);
    default: {
      const util::Instant from = around(dice, now);
      return filter::InstantRange{from, from + std::chrono::hours(dice.roll(3))};
    }
  }
}

Expr random_term(Dice& dice, util::Instant now) {
  Expr expr{.kind = Expr::Kind::kTerm};
  expr.term.field = static_cast<Field>(dice.roll(static_cast<std::int64_t>(Field::kBody) + 1));
  expr.term.op = static_cast<filter::Op>(dice.roll(5));
  const std::int64_t values = dice.one_in(20) ? 0 : 1 + dice.roll(3);
  // Now and then a value that belongs to another field: it matches nothing, everywhere.
  for (std::int64_t i = 0; i < values; ++i) {
    const Field field =
        dice.one_in(12) ? static_cast<Field>(dice.roll(static_cast<std::int64_t>(Field::kBody) + 1))
                        : expr.term.field;
    expr.term.any_of.push_back(random_value(dice, field, now));
  }
  return expr;
}

}  // namespace

std::int64_t Dice::roll(std::int64_t sides) {
  state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
  return static_cast<std::int64_t>((state_ >> 33U) % static_cast<std::uint64_t>(sides));
}

void add_random_tasks(Bed& bed, Dice& dice, int count) {
  const util::Instant now = bed.clock.now();
  bed.store->write([&](store::WriteTx& tx) {
    for (int i = 0; i < 3; ++i)
      tx.insert_project({.key = "p" + std::to_string(i), .created_at = now, .updated_at = now});
    model::Sprint sprint;
    sprint.name = "s";
    for (int i = 0; i < 4; ++i) tx.insert_sprint(sprint);
    for (int i = 0; i < count; ++i) {
      Task task = random_task(dice, now, i);
      task.external_id = maybe(dice, "x:" + std::to_string(i));
      tx.insert_task(task);
    }
    for (int i = 0; i < count; ++i) {
      const model::TaskId id{1 + dice.roll(count)};
      auto task = tx.find_task(id);
      if (!task) continue;
      if (dice.one_in(6)) {
        tx.delete_task(id);
        continue;
      }
      Task changed = random_task(dice, now, 6);
      std::erase_if(changed.blocked_by,
                    [&](model::TaskId blocker) { return blocker == id || !tx.find_task(blocker); });
      if (changed.parent && (changed.parent == id || !tx.find_task(*changed.parent)))
        changed.parent.reset();
      changed.id = id;
      changed.external_id = task->external_id;
      tx.update_task(changed);
    }
  });
}

Expr random_filter(Dice& dice, util::Instant now, int depth) {
  const std::int64_t kind = depth == 0 ? 4 : dice.roll(8);
  if (kind > 3) return random_term(dice, now);
  if (kind == 3) return {};
  if (kind == 2)
    return {.kind = Expr::Kind::kNot, .children = {random_filter(dice, now, depth - 1)}};
  Expr expr{.kind = kind == 0 ? Expr::Kind::kAnd : Expr::Kind::kOr};
  const std::int64_t children = 2 + dice.roll(2);
  for (std::int64_t i = 0; i < children; ++i)
    expr.children.push_back(random_filter(dice, now, depth - 1));
  return expr;
}

std::vector<Task> all_tasks(Bed& bed) {
  std::vector<Task> tasks;
  bed.store->read([&](store::ReadTx& tx) {
    for (std::int64_t id = 1; tx.was_deleted({id}) || tx.find_task({id}); ++id) {
      if (auto task = tx.find_task({id})) tasks.push_back(std::move(*task));
    }
  });
  return tasks;
}

}  // namespace taskman::test
