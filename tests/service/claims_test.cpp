#include <atomic>
#include <thread>

#include "service/desk.hpp"

namespace taskman::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

service::WriteRequest by(const std::string& actor) { return {.caller = {actor, "test"}}; }

model::Task task_of(const service::Answer& answer) {
  return wire::decode_task(envelope(answer).data);
}

model::Task claim(Desk& desk, const std::string& actor, std::int64_t id,
                  std::optional<milliseconds> lease = std::nullopt) {
  return task_of(desk.claims.claim(by(actor), {id}, {.lease = lease}));
}

model::Task next(Desk& desk, const std::string& actor, const wire::ClaimNext& wanted = {}) {
  return task_of(desk.claims.claim_next(by(actor), wanted));
}

TEST_CASE("a claim is one change: holder, assignee, status, told in the log") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  const auto task = claim(desk, "bob", 1, minutes{5});
  CHECK(task.lease == model::Lease{"bob", desk.clock.now() + minutes{5}, desk.head()});
  CHECK(task.status == model::Status::kInProgress);
  CHECK(desk.frames().back().actor == "bob");
  CHECK(desk.last_changes() == std::vector<std::string>{"task.updated 1"});
  CHECK(desk.leases_told == std::vector<util::Instant>{task.lease->until});
  CHECK(desk.ids("is:claimed") == std::vector<std::int64_t>{1});
}

TEST_CASE("a lease is half an hour when nothing is said, and has its bounds") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  CHECK(claim(desk, "bob", 1).lease->until == desk.clock.now() + minutes{30});
  CHECK(error_of([&] { claim(desk, "bob", 1, milliseconds{1}); }).code() == Code::kInvalidValue);
}

TEST_CASE("losers are told holder and end, and change nothing") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  claim(desk, "bob", 1);
  const auto head = desk.head();
  const auto failure = error_of([&] { claim(desk, "ana", 1); });
  CHECK(failure.code() == Code::kClaimed);
  CHECK(failure.message() == "task 1 is claimed by bob until 2026-11-23T10:30:00.000Z");
  CHECK(desk.head() == head);
}

TEST_CASE("the next task is the first by priority, due date and id that is ready") {
  Desk desk;
  desk.add(R"({"title":"later"})");
  desk.add(R"({"title":"waits","priority":"p0","blocked_by":[1]})");
  desk.add(R"({"title":"held up","priority":"p0","status":"blocked","blocked_reason":"x"})");
  desk.add(R"({"title":"done","priority":"p0","status":"done"})");
  desk.add(R"({"title":"begun","priority":"p0","status":"in_progress"})");
  desk.add(R"({"title":"soon","due":"2026-11-24"})");
  desk.add(R"({"title":"urgent","priority":"p1"})");
  CHECK(next(desk, "ana").title == "urgent");
  CHECK(next(desk, "bob").title == "soon");
  CHECK(next(desk, "carl").title == "later");
  const auto failure = error_of([&] { next(desk, "dora"); });
  CHECK(failure.code() == Code::kNothing);
}

TEST_CASE("the next task matches the filter and comes in the order asked for") {
  Desk desk;
  desk.add(R"({"title":"a","labels":["x"],"priority":"p0"})");
  desk.add(R"({"title":"b","labels":["x","y"]})");
  desk.add(R"({"title":"c","labels":["y"]})");
  CHECK(next(desk, "ana", {.filter = "label:y or label:z", .order = "-id"}).title == "c");
  CHECK(next(desk, "ana", {.filter = "label:x label:y"}).title == "b");
  const auto unknown = error_of([&] { next(desk, "ana", {.order = "colour"}); });
  CHECK(unknown.code() == Code::kInvalidValue);
  CHECK(unknown.fields().front().name == "order");
  const auto none = error_of([&] { next(desk, "ana", {.filter = "label:y"}); });
  CHECK_THAT(none.message(), ContainsSubstring("label:y"));
}

TEST_CASE("a task that was given to somebody is left to them, unless the filter says so") {
  Desk desk;
  desk.add(R"({"title":"bob's","assignee":"bob"})");
  CHECK(error_of([&] { next(desk, "ana"); }).code() == Code::kNothing);
  CHECK(error_of([&] { next(desk, "ana", {.filter = "is:mine"}); }).code() == Code::kNothing);
  CHECK(next(desk, "ana", {.filter = "assignee:bob"}).assignee == "ana");
  desk.claims.release(by("ana"), {1}, {});
  desk.edit(1, R"({"assignee":"bob"})");
  CHECK(next(desk, "bob").id.value == 1);
}

TEST_CASE("sprint words of the filter are of the project that is named") {
  Desk desk;
  desk.add_project("web");
  desk.add_sprint(R"({"name":"S1","project":"web"})");
  desk.start("1");
  desk.add(R"({"title":"a","project":"web","sprint":1})");
  const auto answer =
      desk.claims.claim_next(by("ana"), {.filter = "sprint:current", .sprints_of = "web"});
  CHECK(task_of(answer).id.value == 1);
}

TEST_CASE("the same key gives the same task again") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  desk.add(R"({"title":"b"})");
  const auto first = desk.claims.claim_next(keyed("k"), {});
  const auto again = desk.claims.claim_next(keyed("k"), {});
  CHECK(again.replayed);
  CHECK(again.body == first.body);
  CHECK(desk.ids("is:claimed") == std::vector<std::int64_t>{1});
}

TEST_CASE("the same key makes no second winner of another") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  desk.claims.claim_next(keyed("k"), {});
  auto other = keyed("k");
  other.caller.actor = "bob";
  const auto failure = error_of([&] { desk.claims.claim_next(other, {}); });
  CHECK(failure.code() == Code::kKeyReused);
  CHECK_THAT(failure.message(), ContainsSubstring("used by ana"));
  CHECK(desk.claims.claim_next(keyed("k"), {}).replayed);
}

TEST_CASE("of many that ask at the same time one wins, with one change") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  const auto head = desk.head();
  std::atomic<int> won{0};
  std::atomic<int> nothing{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&, i] {
      try {
        desk.claims.claim_next(by("w" + std::to_string(i)), {});
        ++won;
      } catch (const error::Error& failure) {
        if (failure.code() == Code::kNothing) ++nothing;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(won == 1);
  CHECK(nothing == 15);
  CHECK(desk.head() == head + 1);
}

TEST_CASE("a dry run claims nothing") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  auto request = by("ana");
  request.commit = store::Commit::kDryRun;
  CHECK(task_of(desk.claims.claim_next(request, {})).assignee == "ana");
  CHECK_FALSE(desk.task(1).lease);
  CHECK(desk.leases_told.empty());
}

TEST_CASE("only who holds a task renews it") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  claim(desk, "bob", 1, minutes{1});
  CHECK(task_of(desk.claims.renew(by("bob"), {1}, {.lease = minutes{9}})).lease->until ==
        desk.clock.now() + minutes{9});
  CHECK(error_of([&] { desk.claims.renew(by("ana"), {1}, {}); }).code() == Code::kClaimed);
  desk.clock.advance(minutes{9});
  CHECK(error_of([&] { desk.claims.renew(by("bob"), {1}, {}); }).code() == Code::kClaimed);
}

TEST_CASE("anybody may release; who says if_claimed only what they hold") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  claim(desk, "bob", 1);
  CHECK(error_of([&] {
          desk.claims.release(by("ana"), {1}, {.fence = {.if_claimed = true}});
        }).code() == Code::kClaimed);
  const auto freed = task_of(desk.claims.release(by("ana"), {1}, {}));
  CHECK_FALSE(freed.lease);
  CHECK_FALSE(freed.assignee);
  CHECK(freed.status == model::Status::kTodo);
  const auto head = desk.head();
  const auto again = desk.claims.release(by("ana"), {1}, {});
  CHECK(envelope(again).notices == std::vector<std::string>{"task 1 is not claimed"});
  CHECK(desk.head() == head);
}

TEST_CASE("what is done under a lost lease does not count") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  claim(desk, "bob", 1, minutes{1});
  desk.clock.advance(minutes{1});
  claim(desk, "carl", 1);
  const service::VerbCommand fenced{
      .verb = "done", .reason = std::nullopt, .fence = {.if_claimed = true}};
  CHECK(error_of([&] { desk.tasks.move(by("bob"), {1}, fenced); }).code() == Code::kClaimed);
  const auto done = task_of(desk.tasks.move(by("carl"), {1}, fenced));
  CHECK(done.status == model::Status::kDone);
  CHECK_FALSE(done.lease);
  CHECK(error_of([&] { desk.tasks.move(by("bob"), {1}, fenced); }).code() == Code::kClaimed);
}

TEST_CASE("all leases that ran out end in one change, by the daemon") {
  Desk desk;
  for (const auto* title : {"a", "b", "c"})
    desk.add(wire::object_of({{"title", wire::quote(title)}}));
  claim(desk, "ana", 1, minutes{1});
  claim(desk, "bob", 2, minutes{2});
  claim(desk, "carl", 3, minutes{9});
  const auto head = desk.head();
  CHECK(desk.claims.expire() == desk.clock.now() + minutes{1});
  CHECK(desk.head() == head);
  const auto last = desk.clock.now() + minutes{9};
  desk.clock.advance(minutes{2});
  CHECK(desk.claims.expire() == last);
  CHECK(desk.head() == head + 1);
  CHECK(desk.last_changes() == std::vector<std::string>{"task.updated 1", "task.updated 2"});
  CHECK(desk.frames().back().actor == "taskmand");
  CHECK(desk.frames().back().origin == "lease");
  CHECK(desk.task(1).status == model::Status::kTodo);
  CHECK_FALSE(desk.task(2).assignee);
  desk.clock.advance(minutes{9});
  CHECK_FALSE(desk.claims.expire());
}

TEST_CASE("a task whose lease ran out is taken over before anybody saw to it") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  next(desk, "ana", {.lease = minutes{1}});
  CHECK(error_of([&] { next(desk, "bob"); }).code() == Code::kNothing);
  desk.clock.advance(minutes{1});
  CHECK(next(desk, "bob").lease->holder == "bob");
}

TEST_CASE("several tasks are claimed all or none") {
  Desk desk;
  for (const auto* title : {"a", "b"}) desk.add(wire::object_of({{"title", wire::quote(title)}}));
  claim(desk, "bob", 2);
  CHECK(error_of([&] { desk.bulk(R"({"verb":"claim","ids":[1,2]})"); }).code() == Code::kClaimed);
  CHECK_FALSE(desk.task(1).lease);
  desk.bulk(R"({"verb":"release","ids":[2]})");
  const auto both = desk.bulk(R"({"verb":"claim","ids":[1,2],"lease":"2m"})");
  CHECK(both.at(1).lease == model::Lease{"ana", desk.clock.now() + minutes{2}, desk.head()});
  desk.bulk(R"({"verb":"renew","ids":[1,2],"lease":"4m"})");
  CHECK(desk.task(1).lease->until == desk.clock.now() + minutes{4});
  desk.bulk(R"({"verb":"release","ids":[1],"if_claimed":true})");
  CHECK(error_of([&] { desk.bulk(R"({"verb":"done","ids":[1,2],"if_claimed":true})"); }).code() ==
        Code::kClaimed);
  CHECK(desk.task(2).status == model::Status::kInProgress);
  const auto refused = error_of([&] { desk.bulk(R"({"verb":"done","ids":[2],"lease":"1m"})"); });
  CHECK_THAT(refused.message(), ContainsSubstring("takes no lease"));
}

}  // namespace
}  // namespace taskman::test
