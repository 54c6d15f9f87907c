// Random claims, their ends and what is decided under them, and undos of any of it: no task is left
// that no worker takes, and no undo is stuck.

#include <random>

#include "service/undo_support.hpp"

namespace taskman::test {
namespace {

using std::chrono::minutes;

constexpr int kTasks = 3;

class Pool {
 public:
  explicit Pool(unsigned seed) : random_(seed) {
    for (int i = 0; i < kTasks; ++i) desk.add(R"({"title":"t"})");
  }

  /// Anything that anybody may do; refusals are none of our business.
  void act() {
    desk.clock.advance(minutes{pick(3)});
    desk.claims.expire();
    try {
      pick(3) == 0 ? take_back() : work();
    } catch (const error::Error& refusal) {
      CHECK(error::row(refusal.code()).http_status < 500);
    }
  }

  void check_all_are_takeable() const {
    for (const std::int64_t id : desk.ids("is:open")) {
      const auto task = desk.task(id);
      if (task.lease) continue;
      INFO(story_of(id));
      CHECK(task.status != model::Status::kInProgress);
      CHECK(task.assignee.value_or("nobody") == "nobody");
    }
  }

  /// What a person does who wants the last command taken back, and follows the hints.
  void check_nobody_is_stuck(const std::string& actor) {
    std::vector<std::int64_t> revisions;
    for (int step = 0; step < 60; ++step) {
      const auto failure = try_undo(actor, revisions);
      if (!failure || failure->code() == Code::kNothing) return;
      CAPTURE(actor, failure->message(), failure->hint());
      REQUIRE(failure->code() == Code::kConflict);
      static constexpr std::string_view kWay = "taskman undo ";
      const auto way = failure->hint().find(kWay);
      REQUIRE(way != std::string::npos);
      revisions.push_back(std::stoll(failure->hint().substr(way + kWay.size())));
    }
    FAIL("the hints lead nowhere");
  }

  Desk desk;

 private:
  int pick(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }
  model::TaskId id() { return {1 + pick(kTasks)}; }

  service::WriteRequest by() {
    auto request = write(pick(2) == 0 ? "ana" : "bob");
    if (pick(2) == 0) request.caller.origin = "run";
    return request;
  }

  std::string story_of(std::int64_t id) const {
    std::string story = "task " + std::to_string(id);
    for (const auto& frame : desk.frames()) {
      for (const auto& item : frame.changes) {
        if (item.id != model::EntityId{id}) continue;
        story += "\n" + std::to_string(frame.cursor.rev) + ' ' + frame.actor + ' ' + frame.origin +
                 ' ' + wire::object_of(item.was) + " → " + wire::object_of(item.set);
      }
    }
    return story;
  }

  void work() {
    switch (pick(8)) {
      case 0:
      case 1:
        desk.claims.claim(by(), id(), {.lease = minutes{1 + pick(6)}});
        return;
      case 2:
        desk.claims.release(by(), id(), {});
        return;
      case 3:
        desk.claims.renew(by(), id(), {.lease = minutes{1 + pick(6)}});
        return;
      case 4:
        desk.tasks.move(by(), id(), {.verb = "block", .reason = {}});
        return;
      case 5:
        desk.tasks.move(by(), id(), {.verb = "done", .reason = {}});
        return;
      case 6:
        return unassign(id());
      default:
        desk.tasks.remove(by(), id());
    }
  }

  // Of what is closed the assignee tells who did it, whatever becomes of that.
  void unassign(model::TaskId id) {
    if (desk.task(id.value).lease)
      desk.tasks.edit(by(), id, wire::decode_task_edit(R"({"assignee":null})"));
  }

  void take_back() {
    const std::string actor = pick(2) == 0 ? "ana" : "bob";
    wire::UndoCommand command{.redo = pick(3) == 0};
    if (pick(2) == 0) command.rev = std::max<std::int64_t>(kTasks + 1, desk.head() - pick(8));
    desk.undo(command, actor);
  }

  // The last of `revisions`, which is no longer one of them when it is taken back; none: the last
  // command.
  std::optional<error::Error> try_undo(const std::string& actor,
                                       std::vector<std::int64_t>& revisions) {
    try {
      desk.undo({.rev = revisions.empty() ? std::nullopt : std::optional(revisions.back())}, actor);
    } catch (const error::Error& refusal) {
      return refusal;
    }
    if (revisions.empty()) return std::nullopt;
    revisions.clear();
    return try_undo(actor, revisions);
  }

  std::mt19937 random_;
};

TEST_CASE("whatever is claimed, ended and undone: every task waits or is held, no undo is stuck") {
  for (unsigned seed = 1; seed <= 30; ++seed) {
    CAPTURE(seed);
    Pool pool(seed);
    for (int step = 0; step < 60; ++step) {
      pool.act();
      CAPTURE(step, pool.desk.head());
      pool.check_all_are_takeable();
    }
    pool.check_nobody_is_stuck("ana");
    pool.check_nobody_is_stuck("bob");
    pool.check_all_are_takeable();
  }
}

}  // namespace
}  // namespace taskman::test
