// A reader that sees only some of the tasks is told which come into its view and which go.

#include <map>
#include <random>
#include <set>

#include "common/wire/json.hpp"
#include "daemon/feed/poll.hpp"
#include "feed_fixture.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

using feed::Selection;
using Ids = std::set<std::int64_t>;

std::vector<std::string> frames(FeedFixture& feed, const Selection& selection) {
  feed::PollAnswer answer;
  feed.store().read([&](store::ReadTx& tx) {
    answer = feed::poll(tx, {.limit = 10'000, .selection = selection});
  });
  return answer.frames;
}

/// Folds what a client of one view is told.
class View {
 public:
  void take(const std::string& frame) {
    for (const auto& task : wire::split_array(member(frame, "enter"))) {
      const auto facts = wire::decode_task(task);
      REQUIRE(ids_.insert(facts.id.value).second);
    }
    for (const auto& id : wire::split_array(member(frame, "leave"))) {
      REQUIRE(ids_.erase(std::stoll(id)) == 1);
    }
  }
  const Ids& ids() const { return ids_; }

 private:
  static std::string member(const std::string& frame, std::string_view name) {
    for (const auto& [key, value] : wire::members_of(frame)) {
      if (key == name) return value;
    }
    return "[]";
  }
  Ids ids_;
};

Ids query(FeedFixture& feed, const std::string& filter) {
  Ids ids;
  feed.store().read([&](store::ReadTx& tx) {
    for (const auto& task :
         tx.list_tasks({.filter = filter::parse(filter, context()), .context = context()}).items) {
      ids.insert(task.id.value);
    }
  });
  return ids;
}

void change_something(FeedFixture& feed, std::vector<model::TaskId>& alive, std::mt19937& dice) {
  const auto roll = [&](std::size_t sides) { return dice() % sides; };
  if (alive.empty() || roll(4) == 0) {
    auto task = task_of("t");
    task.priority = static_cast<model::Priority>(roll(4));
    alive.push_back(feed.add(task));
    return;
  }
  const auto at = roll(alive.size());
  if (roll(6) == 0) {
    feed.remove(alive[at]);
    alive.erase(alive.begin() + static_cast<std::ptrdiff_t>(at));
    return;
  }
  feed.edit(alive[at], [&](model::Task& task) {
    task.status = static_cast<model::Status>(roll(6));
    task.labels.clear();
    if (roll(2) == 0) task.labels = {"api"};
    if (roll(3) == 0) task.assignee = "ana";
    task.points = static_cast<std::int64_t>(roll(5));
  });
}

}  // namespace

TEST_CASE("who starts to match enters with its facts, who stops leaves with its number") {
  FeedFixture feed;
  const auto id = feed.add(task_of("a"));
  feed.edit(id, [](model::Task& task) { task.labels = {"api"}; });
  feed.edit(id, [](model::Task& task) { task.title = "aye"; });
  feed.edit(id, [](model::Task& task) { task.labels.clear(); });
  const auto all = frames(feed, matching("label:api"));
  REQUIRE(all.size() == 3);
  CHECK_THAT(all[0], ContainsSubstring(R"("enter":[{"id":1,"title":"a")"));
  CHECK(all[1].find("enter") == std::string::npos);
  CHECK(all[1].find("leave") == std::string::npos);
  CHECK_THAT(all[2], EndsWith(R"(,"leave":[1]})"));
}

TEST_CASE("a reader of everything is told of no views") {
  FeedFixture feed;
  feed.add(task_of("a"));
  CHECK(frames(feed, {})[0].find("enter") == std::string::npos);
}

TEST_CASE("a stream says the same as a poll") {
  FeedFixture feed;
  const auto start = feed.head();
  const auto id = feed.add(task_of("a"));
  feed.edit(id, [](model::Task& task) { task.status = model::Status::kDone; });
  auto stream = feed.connect({.encoding = feed::Encoding::kNdjson,
                              .since = model::to_string(start),
                              .selection = matching("status:todo")});
  stream.read_line();
  for (const auto& frame : frames(feed, matching("status:todo")))
    CHECK(stream.read_line() == frame);
}

TEST_CASE("folded, the view is the query's answer at every revision") {
  const std::vector<std::string> filters{"is:open",
                                         "status:done,review",
                                         "label:api",
                                         "~label:api",
                                         "points>2",

                                         "is:unassigned",
                                         "is:mine or points=0",
                                         "priority:p0..p1 is:open"};
  FeedFixture feed;
  std::mt19937 dice(7);
  std::vector<model::TaskId> alive;
  std::map<std::string, View> views;
  std::map<std::string, std::size_t> taken;
  for (int step = 0; step < 150; ++step) {
    change_something(feed, alive, dice);
    for (const auto& filter : filters) {
      const auto all = frames(feed, matching(filter));
      for (; taken[filter] < all.size(); ++taken[filter]) views[filter].take(all[taken[filter]]);
      INFO(filter << " at revision " << feed.head().rev);
      REQUIRE(views[filter].ids() == query(feed, filter));
    }
  }
}

}  // namespace taskman::test
