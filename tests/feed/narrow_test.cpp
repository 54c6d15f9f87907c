// Readers that named what they want cost nothing while it does not change, and miss nothing when it
// does.

#include "common/wire/json.hpp"
#include "feed_fixture.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

using namespace std::chrono_literals;
using feed::Encoding;

feed::SubscriptionRequest of_task(std::int64_t id) {
  return {.encoding = Encoding::kNdjson, .selection = {.tasks = {{id}}}};
}

void rename(FeedFixture& feed, std::int64_t id, const std::string& title) {
  feed.edit({id}, [&](model::Task& task) { task.title = title; });
}

}  // namespace

TEST_CASE("changes elsewhere do not touch a reader of one task") {
  FeedFixture feed;
  feed.add_many(2);
  std::vector<StreamEnd> readers;
  for (int i = 0; i < 50; ++i) {
    readers.push_back(feed.connect(of_task(1)));
    readers.back().read_line();
  }
  auto witness = feed.connect({.encoding = Encoding::kNdjson});
  witness.read_line();
  feed.on_loop([] {});
  const auto before = feed.hub().figures().turns;
  for (int i = 0; i < 20; ++i) {
    rename(feed, 2, "b" + std::to_string(i));
    witness.read_line();
  }
  // Only the witness was given turns: one for each change, and what it shared its wake-ups with.
  CHECK(feed.hub().figures().turns - before <= 2 * 20);
  rename(feed, 1, "a");
  for (auto& reader : readers) {
    const auto frame = wire::decode_frame(reader.read_line());
    CHECK(frame.cursor == feed.head());
    CHECK(frame.prev == 2);
  }
}

TEST_CASE("a reader of one task is told at a heartbeat how far it is") {
  FeedFixture feed({.heartbeat = 20ms});
  feed.add_many(2);
  auto reader = feed.connect(of_task(1));
  reader.read_line();
  rename(feed, 2, "b");
  const std::string here = model::to_string(feed.head());
  std::string line;
  while (line.empty()) line = reader.read_line();
  CHECK_THAT(line, ContainsSubstring(R"({"heartbeat":{"cursor":")" + here));
  rename(feed, 1, "a");
  while (line.find("changes") == std::string::npos) line = reader.read_line();
  CHECK(wire::decode_frame(line).prev == 3);
}

TEST_CASE("a task that comes into a project, or leaves it, is told to the project's readers") {
  FeedFixture feed;
  feed.store().write([](store::WriteTx& tx) {
    tx.insert_project({.key = "web", .name = "Web"});
    tx.append({.changes = {{.type = model::ChangeType::kProjectCreated, .id = "web"}}});
  });
  feed.add(task_of("a"));
  auto reader = feed.connect({.encoding = Encoding::kNdjson, .selection = {.project = "web"}});
  reader.read_line();
  rename(feed, 1, "not yet");
  feed.edit({1}, [](model::Task& task) { task.project = "web"; });
  const std::string comes = reader.read_line();
  CHECK_THAT(comes, ContainsSubstring(R"("enter":[{"id":1,)"));
  feed.edit({1}, [](model::Task& task) { task.project.reset(); });
  CHECK_THAT(reader.read_line(), ContainsSubstring(R"("leave":[1])"));
  rename(feed, 1, "not any more");
  feed.add(task_of("b"));
  feed.edit({2}, [](model::Task& task) { task.project = "web"; });
  CHECK(wire::decode_frame(reader.read_line()).cursor == feed.head());
}

TEST_CASE("a filter that demands a task, a sprint or a project is found by it") {
  const auto keys = [&](const std::string& text) {
    feed::Selection selection = matching(text);
    filter::resolve_sprints(*selection.filter,
                            [](const std::string&) { return std::vector<model::SprintId>{{7}}; });
    return feed::keys_of(selection);
  };
  using Keys = std::vector<feed::ScopeKey>;
  CHECK(keys("id:3") == Keys{model::TaskId{3}});
  CHECK(keys("sprint:current label:x") == Keys{model::SprintId{7}});
  CHECK(keys("project:web (is:open or label:x)") == Keys{"web"});
  CHECK(keys("id:1-3 project:web") == Keys{"web"});
  CHECK(keys("project:web or project:api") == Keys{"api", "web"});
  CHECK(keys("id:4 or sprint:current") == Keys{model::TaskId{4}, model::SprintId{7}});
  for (const char* wide : {"label:x", "~project:web", "project:web or label:x", "project:none",
                           "id>3", "id:1-1000", "project:web,none"}) {
    INFO(wide);
    CHECK(keys(wide).empty());
  }
}

TEST_CASE("readers whose filters demand another sprint are not touched by a change") {
  FeedFixture feed;
  feed.store().write([](store::WriteTx& tx) {
    tx.insert_project({.key = "web", .name = "Web"});
    tx.append({.changes = {{.type = model::ChangeType::kProjectCreated, .id = "web"}}});
  });
  feed.add_many(2);
  std::vector<StreamEnd> readers;
  for (int i = 0; i < 50; ++i) {
    readers.push_back(feed.connect(
        {.encoding = Encoding::kNdjson, .selection = matching("project:web is:open")}));
    readers.back().read_line();
  }
  feed.on_loop([] {});
  const auto before = feed.hub().figures().turns;
  for (int i = 0; i < 20; ++i) rename(feed, 2, "b" + std::to_string(i));
  feed.on_loop([] {});
  CHECK(feed.hub().figures().turns == before);
  feed.edit({1}, [](model::Task& task) { task.project = "web"; });
  for (auto& reader : readers) {
    CHECK_THAT(reader.read_line(), ContainsSubstring(R"("enter":[{"id":1,)"));
  }
}

}  // namespace taskman::test
