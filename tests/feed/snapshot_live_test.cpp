// `snapshot=1` of a real daemon while others write: what a client folds out of the snapshot and the
// frames after it is what a query answers.

#include <atomic>
#include <map>
#include <thread>

#include "common/wire/fields.hpp"
#include "common/wire/json.hpp"
#include "common/wire/log.hpp"
#include "ways.hpp"

namespace taskman::test {
namespace {

using Fields = std::map<std::string, std::string>;  // as JSON text; what is null is left out
using Tasks = std::map<std::int64_t, Fields>;

void merge(Fields& into, const wire::Members& members) {
  for (const auto& [name, json] : members) {
    if (name != "title" && name != "status" && name != "points") continue;
    json == "null" ? void(into.erase(name)) : void(into[name] = json);
  }
}

std::string member(const std::string& object, std::string_view name) {
  for (auto& [key, value] : wire::members_of(object)) {
    if (key == name) return value;
  }
  return {};
}

/// What a client keeps of NDJSON.
class Fold {
 public:
  explicit Fold(bool filtered) : filtered_(filtered) {}

  void take(const std::string& line) {
    if (line.empty()) return;
    if (const auto thing = member(line, "snapshot"); !thing.empty()) {
      if (member(thing, "kind") == R"("task")") put(thing);
    } else if (const auto end = member(line, "snapshot-end"); !end.empty()) {
      stands_ = model::parse_cursor(wire::field_text(end, "cursor").value())->rev;
    } else if (!member(line, "changes").empty()) {
      take_frame(line);
    } else if (const auto beat = member(line, "heartbeat"); !beat.empty()) {
      stands_ = model::parse_cursor(wire::field_text(beat, "cursor").value())->rev;
    }
  }
  std::int64_t stands() const { return stands_; }
  const Tasks& tasks() const { return tasks_; }

 private:
  void put(const std::string& task) {
    Fields fields;
    merge(fields, wire::members_of(task));
    tasks_[std::stoll(member(task, "id"))] = fields;
  }

  void take_frame(const std::string& text) {
    const auto frame = wire::decode_frame(text);
    REQUIRE(frame.prev == stands_);
    stands_ = frame.cursor.rev;
    for (const auto& change : frame.changes) {
      if (!model::name(change.type).starts_with("task.")) continue;
      const auto id = std::get<std::int64_t>(change.id);
      if (change.type == model::ChangeType::kTaskCreated && !filtered_) tasks_[id] = {};
      if (change.type == model::ChangeType::kTaskDeleted && !filtered_) tasks_.erase(id);
      if (tasks_.contains(id)) merge(tasks_[id], change.set);
    }
    for (const auto& task : wire::split_array(list(text, "enter"))) put(task);
    for (const auto& id : wire::split_array(list(text, "leave"))) tasks_.erase(std::stoll(id));
  }

  static std::string list(const std::string& frame, std::string_view name) {
    auto found = member(frame, name);
    return found.empty() ? "[]" : found;
  }

  const bool filtered_;
  std::int64_t stands_ = -1;
  Tasks tasks_;
};

/// Who writes as long as this lives.
class Writers {
 public:
  explicit Writers(const House& house) {
    for (unsigned i = 0; i < 4; ++i) {
      threads_.emplace_back([this, &house, i] {
        for (unsigned round = 0; !stop_; ++round) write_at_random(house, 100 * round + i, 5);
      });
    }
  }
  ~Writers() {
    stop_ = true;
    for (auto& thread : threads_) thread.join();
  }
  Writers(const Writers&) = delete;
  Writers& operator=(const Writers&) = delete;

 private:
  std::atomic<bool> stop_{false};
  std::vector<std::thread> threads_;
};

/// So many tasks that changes are committed while a snapshot is taken of them.
void import_many(const House& house) {
  std::string lines;
  for (int i = 0; i < 3000; ++i)
    lines += R"({"kind":"task","title":"imported"})"
             "\n";
  const auto reply = house.daemon().http({.method = "POST",
                                          .target = "/api/v1/import",
                                          .headers = {{"Content-Type", "application/x-ndjson"}},
                                          .body = lines});
  INFO(reply.body);
  REQUIRE(reply.status == 200);
}

}  // namespace

TEST_CASE("a snapshot and what follows it, folded, are the query's answer") {
  House house;
  const std::string filter = GENERATE("", "&filter=is:open");
  import_many(house);
  std::vector<HttpClient> readers;
  {
    const Writers writers(house);
    // Read one after another below: the last must not stand still for the 30 s that end a reader.
    for (int i = 0; i < 8; ++i) {
      readers.push_back(
          house.ask(Door::kUnix, "snapshot=1" + filter, "Accept: application/x-ndjson\r\n"));
      REQUIRE(readers.back().read_head().status == 200);
    }
  }
  house.write("POST", "tasks", R"({"title":"the last of all"})");

  const auto answer = wire::decode_envelope(
      house.daemon().http({.target = "/api/v1/tasks?limit=all" + filter}).body);
  Tasks wanted;
  for (const auto& task : wire::split_array(answer.data))
    merge(wanted[std::stoll(member(task, "id"))], wire::members_of(task));
  REQUIRE(wanted.size() > 3);
  for (auto& reader : readers) {
    Fold fold(!filter.empty());
    while (fold.stands() < answer.cursor->rev) fold.take(reader.read_line());
    REQUIRE(fold.tasks() == wanted);
  }
}

}  // namespace taskman::test
