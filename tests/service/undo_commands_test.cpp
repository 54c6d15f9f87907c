// What undo means by the last command: not the renewals of a lease, a run as one, and never another
// one in the place of a command that it does not cover.

#include "daemon/service/change_words.hpp"
#include "daemon/service/hooks.hpp"
#include "service/undo_support.hpp"

namespace taskman::test {
namespace {

using std::chrono::minutes;
using Words = std::vector<std::string>;

struct WorkDesk : Desk {
  WorkDesk() { add(R"({"title":"a"})"); }

  static service::WriteRequest by_run(const std::string& actor = "ana") {
    auto request = write(actor);
    request.caller.origin = "run";
    return request;
  }
  std::int64_t claim(const service::WriteRequest& by) {
    const auto answer = claims.claim(by, {1}, {.lease = minutes{5}});
    return wire::decode_task(envelope(answer).data).lease.value().token;
  }
  void renew(const service::WriteRequest& by) {
    clock.advance(minutes{1});
    claims.renew(by, {1}, {.lease = minutes{5}});
  }
  void finish(const service::WriteRequest& by, const std::string& verb = "done") {
    tasks.move(by, {1}, {.verb = verb, .reason = {}});
  }
  std::vector<wire::UndoItem> list(const std::string& actor = "ana") const {
    std::vector<wire::UndoItem> all;
    for (const auto& item : items(envelope(history.list({actor, "test"}, 20))))
      all.push_back(wire::decode_undo_item(item));
    return all;
  }
  /// Of the newest entry of the log.
  std::string last_words() const {
    std::string words;
    store->read([&](store::ReadTx& tx) {
      words = service::words_of(tx, tx.log_after(head() - 1, 1).front());
    });
    return words;
  }
  Words words(const std::string& actor = "ana") const {
    Words all;
    for (const auto& item : list(actor)) all.push_back(item.what);
    return all;
  }
};

TEST_CASE("claims, releases, renewals and ends of leases have their own words") {
  WorkDesk desk;
  desk.claim(write());
  CHECK(desk.last_words() == "claimed 1  a");
  desk.claims.release(write(), {1}, {});
  CHECK(desk.last_words() == "released 1  a");
  desk.claim(write());
  desk.renew(write());
  CHECK(desk.last_words() == "renewed the lease of 1  a");
  desk.clock.advance(minutes{6});
  desk.claims.expire();
  CHECK(desk.last_words() == "ended the lease of 1  a");
  // Who takes over from a worker that was late claims, too.
  desk.claim(write("late"));
  desk.clock.advance(minutes{6});
  desk.claim(write("bob"));
  CHECK(desk.words("bob") == Words{"claimed 1  a"});
}

TEST_CASE("a renewal is nobody's last command, nor what stands in the way of undoing the claim") {
  WorkDesk desk;
  desk.add(R"({"title":"b"})");
  const State before = state_of(desk);
  desk.claim(write());
  const State claimed = state_of(desk);
  desk.edit(2, R"({"title":"oops"})");
  for (int i = 0; i < 3; ++i) desk.renew(write());
  CHECK(desk.words() == Words{"edited 2  oops: title", "claimed 1  a", "added 2  b", "added 1  a"});
  CHECK(desk.undo().what == "edited 2  oops: title");
  CHECK(desk.task(1).lease.has_value());
  CHECK(desk.undo().what == "claimed 1  a");
  CHECK(state_of(desk) == before);
  desk.undo({.redo = true});
  CHECK(desk.task(1).lease->until == desk.clock.now() + minutes{5});
  CHECK(desk.task(1).lease->token == 3);
}

TEST_CASE("a renewal is undone by its revision, but not under a later one") {
  WorkDesk desk;
  desk.claim(write());
  desk.renew(write());
  desk.renew(write());
  CHECK_THAT(refusal(desk, {.rev = 3}).message(),
             ContainsSubstring("ana changed lease of task 1 in revision 4"));
  CHECK(desk.undo({.rev = 4}).what == "renewed the lease of 1  a");
  CHECK(desk.undo({.redo = true}).original == 4);
}

TEST_CASE("a run that was done is one command: its undo is the state before it") {
  WorkDesk desk;
  const auto before = GENERATE(R"({"points":3})", R"({"status":"in_progress","assignee":"bob"})");
  desk.edit(1, before);
  const State prior = state_of(desk);
  desk.claim(WorkDesk::by_run());
  desk.renew(WorkDesk::by_run());
  desk.renew(WorkDesk::by_run());
  SECTION("marked by run") { desk.finish(WorkDesk::by_run()); }
  SECTION("marked by what it ran") { desk.finish(write()); }
  const State done = state_of(desk);
  CHECK(desk.list().size() == 3);
  CHECK_THAT(desk.undo().what, StartsWith("done 1  a"));
  CHECK(state_of(desk) == prior);
  desk.undo({.redo = true});
  CHECK(state_of(desk) == done);
  desk.undo();
  CHECK(state_of(desk) == prior);
  CHECK(desk.undo().original == 2);
  CHECK(desk.undo().what == "added 1  a");
}

TEST_CASE("what was decided while a run went on stays when the run is undone") {
  WorkDesk desk;
  desk.claim(WorkDesk::by_run());
  edit_as(desk, "bob", 1, R"({"assignee":"carl","points":8})");
  desk.finish(WorkDesk::by_run());
  desk.undo();
  CHECK(desk.task(1).status == model::Status::kTodo);
  CHECK(desk.task(1).assignee == "carl");
  CHECK(desk.task(1).points == 8);
  CHECK_FALSE(desk.task(1).lease);
}

TEST_CASE("a run that is not over, or failed, is not what undo means") {
  WorkDesk desk;
  desk.claim(WorkDesk::by_run());
  desk.renew(WorkDesk::by_run());
  SECTION("goes on") {}
  SECTION("failed") { desk.claims.release(WorkDesk::by_run(), {1}, {}); }
  CHECK(desk.words() == Words{"added 1  a"});
  // It can be named.
  if (desk.task(1).lease) CHECK(desk.undo({.rev = 2}).what == "claimed 1  a, by run");
}

TEST_CASE("a claim whose lease ran out is not what undo means: time took it back") {
  WorkDesk desk;
  desk.add(R"({"title":"b"})");
  desk.edit(2, R"({"title":"B"})");
  desk.claim(write());
  desk.clock.advance(minutes{6});
  desk.claims.expire();
  CHECK(desk.words() == Words{"edited 2  B: title", "added 2  b", "added 1  a"});
  desk.undo();
  CHECK(desk.task(2).title == "b");
  // One that goes on is; not one that somebody ended.
  desk.claim(write());
  CHECK(desk.words().front() == "claimed 1  a");
  desk.claims.release(write("boss"), {1}, {});
  CHECK(desk.words().front() == "undo of 3: edited 2  B: title");
}

TEST_CASE("what is done under a claim without a run gets its lease back: somebody still works") {
  WorkDesk desk;
  desk.claim(write());
  desk.finish(write());
  desk.undo();
  CHECK(desk.task(1).lease.has_value());
}

TEST_CASE("what the list says of each change is what happens when it is named") {
  const auto prepare = [](Desk& desk) {
    desk.add(R"({"title":"a"})");
    desk.edit(1, R"({"points":1})");
    desk.undo();
    desk.undo({.redo = true});
    desk.undo();
  };
  Desk shown;
  prepare(shown);
  const auto listed = items(envelope(shown.history.list({"ana", "test"}, 20)));
  REQUIRE(listed.size() == 5);
  for (const auto& json : listed) {
    const auto item = wire::decode_undo_item(json);
    CAPTURE(item.rev);
    Desk desk;
    prepare(desk);
    bool is_done = true;
    try {
      desk.undo({.rev = item.rev});
    } catch (const error::Error&) {
      is_done = false;
    }
    CHECK(item.undoable == is_done);
  }
}

struct HookedDesk : WorkDesk {
  std::int64_t add_hook(const std::string& actor = "ana") {
    const auto made = hooks.add(write(actor), {.on = "task.updated", .run = "true"});
    return wire::decode_hook(envelope(made).data).id;
  }
  service::Hooks hooks{base,
                       {.random = random,
                        .changed = [] {},
                        .looked_up_to = [](model::HookId) { return std::nullopt; }}};
};

TEST_CASE("nothing is undone in the place of a command about hooks that came after it") {
  HookedDesk desk;
  const auto hook = desk.add_hook();
  CHECK_THAT(refusal(desk).message(), ContainsSubstring("hooks add 1"));
  desk.hooks.remove(write(), {hook});
  const auto failure = refusal(desk);
  CHECK(failure.code() == Code::kConflict);
  CHECK(failure.message() == "the last command of ana, hooks delete 1, is none that undo covers");
  CHECK(failure.hint() == "to take back the one before it, added 1  a: taskman undo 1");
  const auto listed = envelope(desk.history.list({"ana", "test"}, 20));
  REQUIRE(listed.notices.size() == 1);
  CHECK_THAT(listed.notices[0], ContainsSubstring("hooks delete 1"));
  SECTION("named, it is; then it goes on from there") {
    desk.edit(1, R"({"points":1})");
    desk.add_hook();
    desk.undo({.rev = 2});
    CHECK(desk.undo().what == "added 1  a");
  }
  SECTION("a later command is undone as ever") {
    desk.edit(1, R"({"points":1})");
    CHECK(envelope(desk.history.list({"ana", "test"}, 20)).notices.empty());
    CHECK(desk.undo().original == 2);
  }
  SECTION("a renewal is no later command") {
    desk.claim(write());
    desk.add_hook();
    desk.renew(write());
    CHECK_THAT(refusal(desk).message(), ContainsSubstring("hooks add 2"));
  }
  SECTION("hooks of others do not matter") {
    edit_as(desk, "bob", 1, R"({"points":1})");
    desk.add_hook("cy");
    CHECK(desk.undo({}, "bob").original == 2);
  }
}

}  // namespace
}  // namespace taskman::test
