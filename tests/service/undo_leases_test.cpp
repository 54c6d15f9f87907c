// What an undo does to leases: one that ended stays so, and no worker gets a token back that was
// overtaken.

#include "service/undo_support.hpp"

namespace taskman::test {
namespace {

using std::chrono::minutes;

struct LeaseDesk : Desk {
  LeaseDesk() { add(R"({"title":"a"})"); }

  model::Lease claim(const std::string& actor = "ana", minutes lease = minutes{5}) {
    claims.claim(write(actor), {1}, {.lease = lease});
    return lease_now();
  }
  void release() { claims.release(write(), {1}, {}); }
  model::Lease lease_now() { return task(1).lease.value(); }
  void undo_rev(std::int64_t rev) { undo({.rev = rev}); }
  void renew(const model::Lease& lease) {
    claims.renew(write(lease.holder), {1}, {.token = lease.token});
  }
  /// As a task that nobody has and anybody may take.
  bool waits() {
    const auto now = task(1);
    return now.status == model::Status::kTodo && !now.lease && !now.assignee;
  }
};

TEST_CASE("what ended a lease is undone: its worker goes on") {
  LeaseDesk desk;
  const bool is_edited = GENERATE(false, true);
  const auto lease = desk.claim();
  SECTION("a release") { desk.release(); }
  SECTION("done") { desk.move(1, "done"); }
  SECTION("deleted") { desk.remove(1); }
  SECTION("claimed for another") {
    desk.bulk(R"({"verb":"release","ids":[1]})");
    desk.claim("bob");
    desk.undo_rev(desk.head());
  }
  if (is_edited && !desk.ids("id:1").empty()) desk.edit(1, R"({"points":3})");
  desk.undo_rev(lease.token + 1);
  CHECK(desk.lease_now().holder == "ana");
  CHECK(desk.lease_now().until == lease.until);
}

TEST_CASE("a lease that comes back has its token") {
  LeaseDesk desk;
  const auto lease = desk.claim();
  desk.release();
  desk.edit(1, R"({"points":3})");
  desk.undo_rev(lease.token + 1);
  CHECK(desk.lease_now() == lease);
  desk.renew(lease);
}

TEST_CASE("but not when a greater one was given since, though that is undone, too") {
  LeaseDesk desk;
  const auto first = desk.claim("bot");
  desk.release();
  const auto second = desk.claim("bot");
  desk.undo_rev(second.token);
  desk.undo_rev(first.token + 1);
  const auto back = desk.lease_now();
  CHECK(back.holder == "bot");
  CHECK(back.until == first.until);
  CHECK(back.token == desk.head());
  CHECK(back.token > second.token);
  for (const auto& lost : {first, second})
    CHECK(error_of([&] { desk.renew(lost); }).code() == Code::kClaimed);
  desk.renew(back);
}

TEST_CASE("nor when the command that is undone gave a greater one itself") {
  LeaseDesk desk;
  const auto first = desk.claim("bot");
  desk.import(
      R"({"kind":"task","title":"a","id":1,"created_at":"2026-11-23T10:00:00Z","lease":{"holder":"bot","until":"2100-01-01T00:00:00Z"}})");
  const auto second = desk.lease_now();
  CHECK(second.token > first.token);
  desk.undo();
  CHECK(desk.lease_now().until == first.until);
  CHECK(desk.lease_now().token > second.token);
}

TEST_CASE("a claim that is undone and redone is the same lease, while it lasts") {
  LeaseDesk desk;
  const auto lease = desk.claim();
  desk.undo();
  CHECK(desk.waits());
  CHECK(error_of([&] { desk.renew(lease); }).code() == Code::kClaimed);
  SECTION("in time") {
    desk.undo({.redo = true});
    CHECK(desk.lease_now() == lease);
    desk.renew(lease);
  }
  SECTION("too late") {
    desk.clock.advance(minutes{5});
    CHECK(error_of([&] { desk.undo({.redo = true}); }).code() == Code::kNothing);
    CHECK(desk.waits());
  }
}

TEST_CASE("what was done under a lease that ended since waits for anybody when that is undone") {
  LeaseDesk desk;
  desk.claim();
  SECTION("done") { desk.move(1, "done"); }
  SECTION("renewed") {
    desk.claims.renew(write(), {1}, {.lease = minutes{30}});
    desk.clock.advance(minutes{6});
  }
  desk.clock.advance(minutes{5});
  desk.undo();
  CHECK(desk.waits());
  CHECK(wire::decode_task(envelope(desk.claims.claim_next(write("bob"), {})).data).id.value == 1);
}

TEST_CASE("the claim of who took over from a worker that was late is undone: nobody has the task") {
  LeaseDesk desk;
  desk.claim("late");
  desk.clock.advance(minutes{5});
  desk.claim("bob");
  desk.undo({}, "bob");
  CHECK(desk.waits());
}

TEST_CASE("that a lease ran out cannot be undone: its time is over") {
  LeaseDesk desk;
  desk.claim();
  desk.clock.advance(minutes{5});
  desk.claims.expire();
  const auto failure = error_of([&] { desk.undo_rev(desk.head()); });
  CHECK(failure.code() == Code::kNothing);
  CHECK(desk.waits());
}

TEST_CASE("what others decided meanwhile stays when an ended lease does not come back") {
  LeaseDesk desk;
  desk.claim();
  desk.claims.renew(write(), {1}, {.lease = minutes{30}});
  const auto renewal = desk.head();
  desk.edit(1, R"({"assignee":"carl","status":"review"})");
  desk.clock.advance(minutes{6});
  desk.undo_rev(renewal);
  CHECK_FALSE(desk.task(1).lease);
  CHECK(desk.task(1).assignee == "carl");
  CHECK(desk.task(1).status == model::Status::kReview);
}

}  // namespace
}  // namespace taskman::test
