// Random commands against what must always hold: the log tells the state, progress is what a
// recount gives, readiness is what the rules say, revisions are dense.

#include <map>
#include <random>

#include "service/desk.hpp"

namespace taskman::test {
namespace {

using Object = std::map<std::string, std::string>;

class RandomUser {
 public:
  RandomUser(Desk& desk, unsigned seed) : desk_(desk), random_(seed) {
    for (int i = 1; i <= 3; ++i) desk_.add_sprint(R"({"name":"S)" + std::to_string(i) + "\"}");
    for (int i = 0; i < 12; ++i) add();
  }

  // Refusals are part of the game; anything else is a failure.
  void act() {
    try {
      step();
    } catch (const error::Error& failure) {
      INFO(failure.message());
      CHECK(error::row(failure.code()).http_status < 500);
    }
  }

 private:
  int pick(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }
  // One of the dozen that came last: those before are mostly gone.
  std::int64_t id() { return std::max<std::int64_t>(1, created_ - pick(12)); }
  std::string task() { return std::to_string(id()); }
  std::string sprint() { return pick(4) == 0 ? "null" : std::to_string(1 + pick(3)); }

  void add() { created_ = desk_.add(R"({"title":"t"})").id.value; }

  void step() {
    static const std::vector<std::string> kVerbs{"start", "block", "review",
                                                 "done",  "drop",  "reopen"};
    const std::string verb = kVerbs[static_cast<std::size_t>(pick(6))];
    switch (pick(12)) {
      case 0:
        created_ = desk_
                       .add(R"({"title":"t","points":)" + std::to_string(pick(5)) +
                            R"(,"sprint":)" + sprint() + "}")
                       .id.value;
        break;
      case 1:
        created_ = desk_
                       .add(R"({"title":"t","blocked_by":[)" + task() + "," + task() +
                            R"(],"parent":)" + task() + "}")
                       .id.value;
        break;
      case 2:
        desk_.edit(id(), R"({"sprint":)" + sprint() + R"(,"points":null})");
        break;
      case 3:
        desk_.edit(
            id(), R"({"add_blocked_by":[)" + task() + R"(],"remove_blocked_by":[)" + task() + "]}");
        break;
      case 4:
        desk_.remove(id());
        break;
      case 5:
        desk_.bulk(R"({"verb":")" + verb + R"(","ids":[)" + task() + "," + task() + "," + task() +
                   "]}");
        break;
      case 6:
        sprint_step();
        break;
      case 7:
        add();
        break;
      default:
        desk_.move(id(), verb);
    }
  }

  void sprint_step() {
    const std::string word = std::to_string(1 + pick(3));
    switch (pick(4)) {
      case 0:
        desk_.add_sprint(R"({"name":"T)" + std::to_string(pick(50)) + "\"}");
        break;
      case 1:
        desk_.start(word);
        break;
      case 2:
        desk_.close(word, R"({"carry":"none"})");
        break;
      default:
        desk_.sprints.remove(write(), {.word = word, .project = std::nullopt},
                             service::Leftovers::kDetach);
    }
  }

  Desk& desk_;
  std::mt19937 random_;
  std::int64_t created_ = 1;
};

Object members(const std::string& json) {
  Object object;
  for (const auto& [name, value] : wire::members_of(json)) object[name] = value;
  return object;
}

// What a reader knows who only ever saw frames.
std::map<std::int64_t, Object> folded(const Desk& desk) {
  std::map<std::int64_t, Object> tasks;
  for (const auto& frame : desk.frames()) {
    for (const auto& item : frame.changes) {
      if (!model::name(item.type).starts_with("task.") ||
          item.type == model::ChangeType::kTaskCommented)
        continue;
      const auto id = std::get<std::int64_t>(item.id);
      if (item.type == model::ChangeType::kTaskDeleted) {
        tasks.erase(id);
        continue;
      }
      for (const auto& [name, value] : item.set) tasks[id][name] = value;
      if (item.version) tasks[id]["version"] = std::to_string(*item.version);
      tasks[id]["id"] = std::to_string(id);
    }
  }
  return tasks;
}

std::map<std::int64_t, Object> stored(const Desk& desk) {
  std::map<std::int64_t, Object> tasks;
  for (const auto& item : items(envelope(desk.tasks.list({.caller = {"ana", "test"}}).reading))) {
    tasks[wire::decode_task(item).id.value] = members(item);
  }
  return tasks;
}

void check_progress(const Desk& desk) {
  for (const auto& item : items(envelope(desk.sprints.list({})))) {
    const auto sprint = wire::decode_sprint(item);
    model::Progress counted;
    for (const auto id : desk.ids("sprint:" + std::to_string(sprint.id.value))) {
      const auto task = desk.task(id);
      const auto status = static_cast<std::size_t>(task.status);
      ++counted.tasks[status];
      counted.points[status] += task.points.value_or(0);
      if (!task.points) ++counted.unestimated;
    }
    CHECK(desk.progress(std::to_string(sprint.id.value)).progress == counted);
  }
}

void check_readiness(const Desk& desk) {
  for (const auto id : desk.ids("")) {
    const auto task = desk.task(id);
    bool ready = model::is_open(task.status) && task.status != model::Status::kBlocked;
    for (const auto blocker : task.blocked_by)
      ready = ready && !model::is_open(desk.task(blocker.value).status);
    CHECK(task.ready == ready);
  }
}

TEST_CASE("whatever is done: the log tells the state, progress and readiness are right") {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    CAPTURE(seed);
    Desk desk;
    RandomUser user(desk, seed);
    for (int i = 0; i < 200; ++i) user.act();
    auto told = folded(desk);
    auto held = stored(desk);
    // The frame's time stands for it.
    for (auto* tasks : {&told, &held}) {
      for (auto& [id, task] : *tasks) task.erase("updated_at");
    }
    CHECK(told == held);
    check_progress(desk);
    check_readiness(desk);
    std::int64_t rev = 0;
    for (const auto& frame : desk.frames()) CHECK(frame.cursor.rev == ++rev);
    CHECK(rev == desk.head());
    CHECK(rev > 100);
  }
}

}  // namespace
}  // namespace taskman::test
