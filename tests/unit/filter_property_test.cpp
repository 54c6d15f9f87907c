// Random filters are built twice: as text for the parser, and as a plain function of a task.
// Whatever the parser makes of the text has to agree with the function on random tasks.
#include <algorithm>
#include <functional>
#include <iterator>
#include <random>
#include <string>
#include <utility>

#include "common/error/error.hpp"
#include "common/filter/filter.hpp"
#include "common/model/vocabulary.hpp"
#include "common/time/text.hpp"
#include "common/util/text.hpp"
#include "support/catch.hpp"

namespace taskman::filter {
namespace {

using model::Status;
using model::Task;
using Truth = std::function<bool(const Task&)>;

const util::Instant kNow = *time::parse_rfc3339("2026-11-23T10:00:00Z");
const util::Instant kMidnight = *time::parse_rfc3339("2026-11-23T00:00:00Z");
constexpr std::chrono::hours kDay{24};

Context context() {
  static const time::UtcZone utc;
  return {.now = kNow, .zone = &utc, .actor = "ann"};
}

/// Repeatable chance.
class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  int roll(int sides) { return std::uniform_int_distribution<int>(0, sides - 1)(engine_); }
  bool coin() { return roll(2) == 1; }

 private:
  std::mt19937 engine_;
};

struct Case {
  std::string text;
  Truth truth;
};

Case status_case(Dice& dice) {
  const auto one = static_cast<Status>(dice.roll(model::kStatusCount));
  const auto two = static_cast<Status>(dice.roll(model::kStatusCount));
  return {"status:" + std::string(name(one)) + "," + std::string(name(two)),
          [=](const Task& task) { return task.status == one || task.status == two; }};
}

Case points_case(Dice& dice) {
  const int limit = dice.roll(4);
  const std::string digits = std::to_string(limit);
  switch (dice.roll(5)) {
    case 0:
      return {"points>" + digits, [=](const Task& t) { return t.points && *t.points > limit; }};
    case 1:
      return {"points<=" + digits, [=](const Task& t) { return t.points && *t.points <= limit; }};
    case 2:
      return {"points:" + digits + "..",
              [=](const Task& t) { return t.points && *t.points >= limit; }};
    case 3:
      return {"points:none", [](const Task& t) { return !t.points; }};
    default:
      return {"points:" + digits, [=](const Task& t) { return t.points == limit; }};
  }
}

Case due_case(Dice& dice) {
  const int days = dice.roll(5);
  const util::Instant from = kMidnight + days * kDay;
  const std::string word = "+" + std::to_string(days) + "d";
  switch (dice.roll(5)) {
    case 0:
      return {"due<" + word, [=](const Task& t) { return t.due && *t.due < from; }};
    case 1:
      return {"due>=" + word, [=](const Task& t) { return t.due && *t.due >= from; }};
    case 2:
      return {"due<=" + word, [=](const Task& t) { return t.due && *t.due < from + kDay; }};
    case 3:
      return {"due>" + word, [=](const Task& t) { return t.due && *t.due >= from + kDay; }};
    default:
      return {"due:" + word,
              [=](const Task& t) { return t.due && from <= *t.due && *t.due < from + kDay; }};
  }
}

Case name_case(Dice& dice) {
  const std::string label(1, static_cast<char>('a' + dice.roll(4)));
  switch (dice.roll(4)) {
    case 0:
      return {"label:\"" + label + "\"",
              [=](const Task& t) { return std::ranges::find(t.labels, label) != t.labels.end(); }};
    case 1:
      return {"label:none", [](const Task& t) { return t.labels.empty(); }};
    case 2:
      return {"project:" + label, [=](const Task& t) { return t.project == label; }};
    default:
      return {util::to_lower(label), [=](const Task& t) {
                return util::to_lower(t.title).find(label) != std::string::npos;
              }};
  }
}

Case flag_case(Dice& dice) {
  switch (dice.roll(5)) {
    case 0:
      return {"is:open", [](const Task& t) { return is_open(t.status); }};
    case 1:
      return {"is:ready", [](const Task& t) { return is_open(t.status) && t.ready; }};
    case 2:
      return {"is:blocked", [](const Task& t) { return is_open(t.status) && !t.ready; }};
    case 3:
      return {"is:overdue",
              [](const Task& t) { return is_open(t.status) && t.due && *t.due < kNow; }};
    default:
      return {"is:mine", [](const Task& t) { return t.assignee == "ann"; }};
  }
}

Case leaf(Dice& dice) {
  switch (dice.roll(5)) {
    case 0:
      return status_case(dice);
    case 1:
      return points_case(dice);
    case 2:
      return due_case(dice);
    case 3:
      return name_case(dice);
    default:
      return flag_case(dice);
  }
}

Case grow(Dice& dice, int depth) {
  const int shape = depth == 0 ? 0 : dice.roll(4);
  if (shape == 0) return leaf(dice);
  Case left = grow(dice, depth - 1);
  if (shape == 1) {
    return {"~(" + left.text + ")", [a = left.truth](const Task& t) { return !a(t); }};
  }
  Case right = grow(dice, depth - 1);
  if (shape == 2) {
    return {"(" + left.text + " or " + right.text + ")",
            [a = left.truth, b = right.truth](const Task& t) { return a(t) || b(t); }};
  }
  return {"(" + left.text + (dice.coin() ? " " : " and ") + right.text + ")",
          [a = left.truth, b = right.truth](const Task& t) { return a(t) && b(t); }};
}

Task random_task(Dice& dice) {
  Task task;
  task.title = std::string(1, static_cast<char>((dice.coin() ? 'a' : 'A') + dice.roll(4)));
  task.status = static_cast<Status>(dice.roll(model::kStatusCount));
  task.ready = is_open(task.status) && task.status != Status::kBlocked && dice.coin();
  if (dice.coin()) task.points = dice.roll(5);
  if (dice.coin()) task.due = kMidnight + dice.roll(7 * 24) * std::chrono::hours{1} - kDay;
  if (dice.coin()) task.project = std::string(1, static_cast<char>('a' + dice.roll(4)));
  if (dice.coin()) task.assignee = dice.coin() ? "ann" : "bob";
  if (dice.coin()) task.labels = {std::string(1, static_cast<char>('a' + dice.roll(4)))};
  return task;
}

std::string random_text(Dice& dice) {
  static constexpr std::string_view kParts[]{
      "status:", "todo", "(",  ")",        "~",    " or ", " and ",     "\"",  ",",
      "..",      "<",    ">=", "points",   "due:", "+3d",  "-",         "#12", "id:",
      "none",    "@me",  "\\", "\xC3\xA4", "\xFF", "\n",   "assignee:", "*",   ":"};
  std::string text;
  for (int i = dice.roll(12); i >= 0; --i)
    text += kParts[static_cast<std::size_t>(dice.roll(static_cast<int>(std::size(kParts))))];
  return text;
}

}  // namespace

TEST_CASE("a filter is true of exactly the tasks its words describe") {
  Dice dice(20261123);
  for (int round = 0; round < 500; ++round) {
    const Case made = grow(dice, 4);
    const Expr expr = parse(made.text, context());
    for (int i = 0; i < 20; ++i) {
      const Task task = random_task(dice);
      if (matches(expr, task, context()) == made.truth(task)) continue;
      FAIL("filter " << made.text << " is wrong of '" << task.title << "' " << name(task.status));
    }
  }
}

TEST_CASE("whatever is typed, it is a filter or refused with a message") {
  Dice dice(7);
  int accepted = 0;
  for (int round = 0; round < 20'000; ++round) {
    const std::string text = random_text(dice);
    try {
      const Expr expr = parse(text, context());
      matches(expr, random_task(dice), context());
      ++accepted;
    } catch (const error::Error& error) {
      REQUIRE(error.code() == error::Code::kInvalidValue);
      REQUIRE_FALSE(error.message().empty());
    }
  }
  CHECK(accepted > 500);
}

}  // namespace taskman::filter
