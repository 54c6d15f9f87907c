// Random commands of two people, and undos of what either did: either the state is as it was, or
// the undo was refused and nothing changed. What somebody changed since is never overwritten.

#include <random>

#include "service/undo_support.hpp"

namespace taskman::test {
namespace {

class TwoPeople {
 public:
  TwoPeople(Desk& desk, unsigned seed) : desk_(desk), random_(seed) {
    desk_.add_project("web");
    for (int i = 1; i <= 3; ++i) desk_.add_sprint(R"({"name":"S)" + std::to_string(i) + "\"}");
    for (int i = 0; i < 12; ++i) desk_.add(R"({"title":"t"})");
    created_ = 12;
  }

  int pick(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }

  /// One command of either; who it was when something changed.
  std::optional<std::string> act() {
    const std::int64_t head = desk_.head();
    const std::string actor = pick(2) == 0 ? "ana" : "bob";
    desk_.clock.advance(std::chrono::seconds(1));
    try {
      step(write(actor));
    } catch (const error::Error& refusal) {
      CHECK(error::row(refusal.code()).http_status < 500);
    }
    return desk_.head() == head ? std::nullopt : std::optional(actor);
  }

 private:
  // One of the dozen that came last.
  model::TaskId id() { return {std::max<std::int64_t>(1, created_ - pick(12))}; }
  std::string task() { return std::to_string(id().value); }
  std::string sprint() { return pick(4) == 0 ? "null" : std::to_string(1 + pick(3)); }

  void add(const service::WriteRequest& by, const std::string& more) {
    const auto answer =
        desk_.tasks.create(by, wire::decode_new_task(R"({"title":"t")" + more + "}"));
    created_ = wire::decode_task(envelope(answer).data).id.value;
  }

  void edit(const service::WriteRequest& by, const std::string& json) {
    desk_.tasks.edit(by, id(), wire::decode_task_edit(json));
  }

  void step(const service::WriteRequest& by) {
    switch (pick(12)) {
      case 0:
        return add(by, R"(,"points":2,"sprint":)" + sprint());
      case 1:
        return add(by, R"(,"blocked_by":[)" + task() + "],\"parent\":" + task());
      case 2:
        return edit(by, R"({"points":)" + std::to_string(pick(4)) + "}");
      case 3:
        return edit(by, R"({"add_blocked_by":[)" + task() + R"(],"remove_blocked_by":[)" + task() +
                            R"(],"parent":)" + task() + "}");
      case 4:
        return edit(
            by, R"({"sprint":)" + sprint() + R"(,"title":"n)" + std::to_string(pick(5)) + "\"}");
      case 5:
        desk_.tasks.remove(by, id());
        return;
      case 6:
        desk_.tasks.comment(by, id(), "hm");
        return;
      case 7:
        return sprint_step(by);
      case 8:
        desk_.tasks.bulk(
            by, wire::decode_bulk(R"({"verb":"delete","ids":[)" + task() + "," + task() + "]}"));
        return;
      case 9:
        return edit(by, R"({"project":"web","external_id":"x)" + std::to_string(pick(3)) + "\"}");
      default:
        move(by);
    }
  }

  void move(const service::WriteRequest& by) {
    static const std::vector<std::string> kVerbs{"start", "block", "done", "drop", "reopen"};
    desk_.tasks.move(by, id(), {.verb = kVerbs[static_cast<std::size_t>(pick(5))], .reason = {}});
  }

  void sprint_step(const service::WriteRequest& by) {
    const service::SprintName name{.word = std::to_string(1 + pick(3)), .project = {}};
    switch (pick(5)) {
      case 0:
        desk_.sprints.start(by, name);
        break;
      case 1:
        desk_.sprints.close(by, name, wire::decode_close(R"({"carry":"none"})"));
        break;
      case 2:
        desk_.sprints.remove(by, name, service::Leftovers::kDetach);
        break;
      case 3:
        desk_.projects.remove(by, "web", service::Leftovers::kDetach);
        break;
      default:
        desk_.sprints.edit(
            by, name, wire::decode_sprint_edit(R"({"goal":"g)" + std::to_string(pick(9)) + "\"}"));
    }
  }

  Desk& desk_;
  std::mt19937 random_;
  std::int64_t created_ = 1;
};

std::string fact(const State& state, const std::string& thing, const std::string& field) {
  const auto found = state.find(thing);
  if (found == state.end()) return "absent";
  const auto value = found->second.find(field);
  return value == found->second.end() ? "absent" : value->second;
}

// Every field that the undo moved goes from what the revision made of it back to what was before.
void check_moves_only_its_own(const State& before, const State& after, const State& prior,
                              const State& made) {
  State all = before;
  for (const auto& [thing, facts] : after) all[thing].insert(facts.begin(), facts.end());
  for (const auto& [thing, facts] : all) {
    for (const auto& [field, value] : facts) {
      if (field == "ready" || fact(before, thing, field) == fact(after, thing, field)) continue;
      CAPTURE(thing, field);
      CHECK(fact(before, thing, field) == fact(made, thing, field));
      CHECK(fact(after, thing, field) == fact(prior, thing, field));
    }
  }
}

// The newest change of all can always be taken back, and brought back.
void check_newest(Desk& desk, const std::string& actor, const State& before) {
  const State after = state_of(desk);
  desk.undo({}, actor);
  CHECK(state_of(desk) == before);
  desk.undo({.redo = true}, actor);
  CHECK(state_of(desk) == after);
}

struct Tally {
  int done = 0;
  int refused = 0;
};

void check_any(Desk& desk, std::int64_t rev, const std::map<std::int64_t, State>& states,
               Tally& tally) {
  const State before = state_of(desk);
  const std::int64_t head = desk.head();
  CAPTURE(rev);
  try {
    desk.undo({.rev = rev}, "cy");
  } catch (const error::Error& refusal) {
    INFO(refusal.message());
    CHECK(refusal.code() == Code::kConflict);
    CHECK(desk.head() == head);
    CHECK(state_of(desk) == before);
    ++tally.refused;
    return;
  }
  ++tally.done;
  check_moves_only_its_own(before, state_of(desk), states.at(rev - 1), states.at(rev));
  desk.undo({.redo = true}, "cy");
  CHECK(state_of(desk) == before);
}

TEST_CASE("an undo restores what was, or is refused and changes nothing; a redo brings it back") {
  Tally tally;
  for (unsigned seed = 1; seed <= 6; ++seed) {
    CAPTURE(seed);
    Desk desk;
    TwoPeople people(desk, seed);
    std::map<std::int64_t, State> states{{desk.head(), state_of(desk)}};
    std::vector<std::int64_t> revisions;
    for (int i = 0; i < 120; ++i) {
      const State before = state_of(desk);
      const auto actor = people.act();
      if (actor) {
        states[desk.head() - 1] = before;
        states[desk.head()] = state_of(desk);
        revisions.push_back(desk.head());
        if (people.pick(3) == 0) check_newest(desk, *actor, before);
      }
      if (revisions.empty() || people.pick(2) == 0) continue;
      const auto among = std::min<std::size_t>(revisions.size(), 15);
      const auto back = static_cast<std::size_t>(people.pick(static_cast<int>(among)));
      check_any(desk, revisions[revisions.size() - 1 - back], states, tally);
    }
  }
  // Both happen often, or the game proves nothing.
  CHECK(tally.done > 60);
  CHECK(tally.refused > 60);
}

}  // namespace
}  // namespace taskman::test
