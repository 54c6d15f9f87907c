// A claim and what ended it leave nothing between them: neither stands in the way of an undo, nor
// is what undo means; and what a task was only under a lease, it is not when that is over.

#include "daemon/service/batch.hpp"
#include "service/undo_support.hpp"

namespace taskman::test {
namespace {

using std::chrono::minutes;

struct ClaimDesk : Desk {
  ClaimDesk() { add(R"({"title":"a"})"); }

  static service::WriteRequest by_run(const std::string& actor = "ana") {
    auto request = write(actor);
    request.caller.origin = "run";
    return request;
  }
  void claim(const service::WriteRequest& by) { claims.claim(by, {1}, {.lease = minutes{5}}); }
  void release(const service::WriteRequest& by) { claims.release(by, {1}, {}); }
  void run_out() {
    clock.advance(minutes{6});
    claims.expire();
  }
  void done(const service::WriteRequest& by) {
    tasks.move(by, {1}, {.verb = "done", .reason = {}});
  }
  void claim_and_block() {
    service::Batch{base}.run(write("w1"), R"({"verb":"task claim","id":1,"lease":"5m"}
{"verb":"task block","id":1})");
  }
  bool waits_for_anybody() const {
    const auto now = task(1);
    return now.status == model::Status::kTodo && !now.lease && !now.assignee;
  }
};

TEST_CASE("a claim that is over does not keep what came before it from being undone") {
  ClaimDesk desk;
  const bool is_named = GENERATE(false, true);
  SECTION("a run that failed") {
    desk.claim(ClaimDesk::by_run());
    desk.release(ClaimDesk::by_run());
  }
  SECTION("a run whose lease ran out") {
    desk.claim(ClaimDesk::by_run());
    desk.run_out();
  }
  SECTION("released by another") {
    desk.claim(write());
    desk.release(write("boss"));
  }
  SECTION("released, and its time is over") {
    desk.claim(write());
    desk.release(write());
    desk.clock.advance(minutes{6});
  }
  SECTION("ended by the one of who took over, which ran out") {
    desk.claim(write());
    desk.clock.advance(minutes{6});
    desk.claim(write("bob"));
    desk.run_out();
  }
  SECTION("done, and that was taken back too late") {
    desk.claim(write());
    desk.done(write());
    desk.clock.advance(minutes{6});
    CHECK(desk.undo().what == "done 1  a");
    CHECK(desk.waits_for_anybody());
  }
  SECTION("several") {
    for (int i = 0; i < 3; ++i) {
      desk.claim(ClaimDesk::by_run("w1"));
      desk.release(ClaimDesk::by_run("w1"));
      desk.claim(write("w2"));
      desk.run_out();
    }
  }
  CHECK(desk.undo({.rev = is_named ? std::optional(1) : std::nullopt}).what == "added 1  a");
}

TEST_CASE("what was decided under a claim that is over does keep it") {
  ClaimDesk desk;
  desk.claim(write("w1"));
  edit_as(desk, "bob", 1, R"({"status":"blocked"})");
  desk.run_out();
  const auto failure = refusal(desk);
  CHECK(failure.message() == "cannot undo revision 1: bob changed status of task 1 in revision 3");
  CHECK(failure.hint() == "to take that back first: taskman undo 3");
  desk.undo({}, "bob");
  desk.undo();
}

TEST_CASE("a claim that goes on does keep it, and so does what was done under it") {
  ClaimDesk desk;
  desk.claim(write("w1"));
  CHECK_THAT(refusal(desk).message(), ContainsSubstring("w1 changed assignee of task 1"));
  desk.done(write("w1"));
  CHECK_THAT(refusal(desk).message(), ContainsSubstring("w1 changed assignee of task 1"));
}

TEST_CASE("what a run gave back does not come back under its lease: nobody works on it") {
  ClaimDesk desk;
  desk.claim(ClaimDesk::by_run());
  desk.release(ClaimDesk::by_run());
  for (const std::int64_t rev : {2, 3}) {
    CAPTURE(rev);
    const auto failure = refusal(desk, {.rev = rev});
    CHECK(failure.code() == Code::kNothing);
    CHECK_THAT(failure.message(), EndsWith("nothing is left of it"));
    CHECK_THAT(failure.hint(), ContainsSubstring("the one before it, added 1  a: taskman undo 1"));
  }
}

TEST_CASE("claimed, released and claimed again is undone step by step, and redone") {
  ClaimDesk desk;
  const State added = state_of(desk);
  desk.claim(write());
  desk.release(write());
  const State released = state_of(desk);
  desk.claim(write());
  const State claimed = state_of(desk);
  CHECK(desk.undo().what == "claimed 1  a");
  CHECK(desk.undo().what == "released 1  a");
  CHECK(desk.task(1).lease->holder == "ana");
  CHECK(desk.undo().original == 2);
  CHECK(state_of(desk) == added);
  CHECK(items(envelope(desk.history.list({"ana", "test"}, 20))).size() == 7);
  const auto again = desk.undo({.redo = true});
  CHECK(again.original == 2);
  CHECK(desk.undo({.redo = true}).original == 3);
  CHECK(state_of(desk) == released);
  CHECK(desk.undo({.redo = true}).original == 4);
  CHECK(desk.task(1).lease->until == desk.clock.now() + minutes{5});
  for (int i = 0; i < 3; ++i) desk.undo();
  CHECK(desk.undo().what == "added 1  a");
}

TEST_CASE("the claim of a run that was taken back is taken back already") {
  ClaimDesk desk;
  desk.claim(ClaimDesk::by_run());
  desk.done(ClaimDesk::by_run());
  desk.undo({.rev = 3}, "bob");
  const auto failure = refusal(desk, {.rev = 2}, "bob");
  CHECK(failure.message() == "cannot undo revision 2: nothing is left of it");
  CHECK(desk.undo().what == "added 1  a");
}

TEST_CASE("what was changed under a lease that is over by now goes back to nobody's") {
  ClaimDesk desk;
  desk.claim(write("w1"));
  const auto change =
      GENERATE(R"({"status":"blocked"})", R"({"status":"review"})", R"({"assignee":"bob"})",
               R"({"status":"todo","title":"b"})", R"({"assignee":null,"title":"b"})",
               R"({"status":"review","assignee":"bob"})");
  CAPTURE(change);
  edit_as(desk, "bob", 1, change);
  SECTION("ran out") { desk.run_out(); }
  SECTION("released") { desk.release(write("boss")); }
  const auto over = desk.task(1);
  desk.undo({}, "bob");
  CHECK(desk.waits_for_anybody());
  CHECK(desk.task(1).title == "a");
  desk.undo({.redo = true}, "bob");
  CHECK(desk.task(1).status == over.status);
  CHECK(desk.task(1).title == over.title);
  CHECK_FALSE(desk.task(1).lease);
}

TEST_CASE("a command that is as before once the lease is over is not passed over in silence") {
  ClaimDesk desk;
  edit_as(desk, "bob", 1, R"({"title":"b"})");
  desk.claim(write("w1"));
  edit_as(desk, "bob", 1, GENERATE(R"({"status":"todo"})", R"({"assignee":null})"));
  desk.run_out();
  const auto plain = error_of([&] { desk.undo({}, "bob"); });
  CHECK(plain.code() == Code::kNothing);
  CHECK_THAT(plain.hint(), EndsWith("the one before it, edited 1  b: title: taskman undo 2"));
  CHECK(desk.undo({.rev = 2}, "bob").what == "edited 1  b: title");
  CHECK(desk.waits_for_anybody());
}

TEST_CASE("what was changed under a lease that goes on stays under it") {
  ClaimDesk desk;
  desk.claim(write("w1"));
  const State claimed = state_of(desk);
  const auto change = GENERATE(R"({"status":"blocked"})", R"({"assignee":"bob"})");
  edit_as(desk, "bob", 1, change);
  desk.undo({}, "bob");
  CHECK(state_of(desk) == claimed);
}

TEST_CASE("who started it since is left to it") {
  ClaimDesk desk;
  desk.claim(write("w1"));
  edit_as(desk, "bob", 1, R"({"title":"b"})");
  desk.run_out();
  edit_as(desk, "carl", 1, R"({"status":"in_progress","assignee":"carl"})");
  desk.undo({}, "bob");
  CHECK(desk.task(1).status == model::Status::kInProgress);
  CHECK(desk.task(1).assignee == "carl");
}

TEST_CASE("claimed and blocked in one step: when the lease is over the block is what is left") {
  ClaimDesk desk;
  desk.claim_and_block();
  const State blocked = state_of(desk);
  SECTION("over") {
    desk.run_out();
    CHECK(desk.task(1).status == model::Status::kBlocked);
    CHECK(desk.undo({}, "w1").original == 2);
    CHECK(desk.waits_for_anybody());
    desk.undo({.redo = true}, "w1");
    CHECK(desk.task(1).status == model::Status::kBlocked);
    CHECK_FALSE(desk.task(1).lease);
    desk.undo({}, "w1");
  }
  SECTION("held") {
    desk.undo({}, "w1");
    CHECK(desk.waits_for_anybody());
    desk.undo({.redo = true}, "w1");
    CHECK(state_of(desk) == blocked);
    desk.undo({}, "w1");
  }
  CHECK(desk.undo().what == "added 1  a");
}

TEST_CASE("of what a lease took along when it ended nothing is left, and the task stays") {
  ClaimDesk desk;
  desk.edit(1, GENERATE(R"({"assignee":"w1"})", R"({"status":"in_progress"})"));
  desk.claim(write("w1"));
  desk.run_out();
  CHECK(refusal(desk, {.rev = 2}).code() == Code::kNothing);
  const auto plain = error_of([&] { desk.undo(); });
  CHECK(plain.code() == Code::kNothing);
  CHECK_THAT(plain.hint(), EndsWith("the one before it, added 1  a: taskman undo 1"));
}

TEST_CASE("the run of who took over from a worker that was late goes back to nobody") {
  ClaimDesk desk;
  desk.claim(write("late"));
  desk.clock.advance(minutes{6});
  desk.claim(ClaimDesk::by_run());
  desk.done(ClaimDesk::by_run());
  desk.undo();
  CHECK(desk.waits_for_anybody());
}

}  // namespace
}  // namespace taskman::test
