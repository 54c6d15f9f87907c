#include "service/desk.hpp"

namespace taskman::test {
namespace {

service::FeedRequest wanted() { return {.caller = {"ana", "test"}}; }

std::vector<std::int64_t> revs(const wire::Envelope& answer) {
  std::vector<std::int64_t> found;
  for (const auto& item : items(answer)) found.push_back(wire::decode_frame(item).cursor.rev);
  return found;
}

struct BusyDesk : Desk {
  BusyDesk() {
    add_project("web");                                     // 1
    add_sprint(R"({"name":"S1","project":"web"})");         // 2
    add(R"({"title":"a","project":"web","sprint":"S1"})");  // 3
    add(R"({"title":"b","labels":["x"]})");                 // 4
    move(1, "done");                                        // 5
  }
  std::vector<std::int64_t> selected(const service::FeedRequest& request) const {
    return revs(envelope(feed.poll(request)));
  }
};

using Revs = std::vector<std::int64_t>;

TEST_CASE("a poll gives every changeset in order, and where to go on") {
  BusyDesk desk;
  const auto answer = envelope(desk.feed.poll(wanted()));
  CHECK(revs(answer) == Revs{1, 2, 3, 4, 5});
  CHECK(answer.cursor == desk.store->head());
  CHECK(answer.more == false);
}

TEST_CASE("polls of any size meet without gap or overlap") {
  BusyDesk desk;
  for (std::int64_t limit = 1; limit <= 6; ++limit) {
    auto request = wanted();
    request.limit = limit;
    Revs seen;
    for (bool more = true; more;) {
      const auto answer = envelope(desk.feed.poll(request));
      for (const auto rev : revs(answer)) seen.push_back(rev);
      request.since = model::to_string(*answer.cursor);
      more = *answer.more;
    }
    CHECK(seen == Revs{1, 2, 3, 4, 5});
  }
}

TEST_CASE("the newest changes of a selection, in order, and where to go on") {
  BusyDesk desk;
  auto request = wanted();
  const auto latest = [&](std::int64_t count) {
    request.latest = count;
    return desk.selected(request);
  };
  CHECK(latest(1) == Revs{5});
  CHECK(latest(3) == Revs{3, 4, 5});
  CHECK(latest(5) == Revs{1, 2, 3, 4, 5});
  CHECK(latest(99) == Revs{1, 2, 3, 4, 5});
  request.tasks = {model::TaskId{1}};
  CHECK(latest(1) == Revs{5});
  CHECK(latest(2) == Revs{3, 5});
  CHECK(latest(99) == Revs{3, 5});
  request.tasks = {model::TaskId{77}};
  const auto none = envelope(desk.feed.poll(request));
  CHECK(items(none).empty());
  CHECK(none.cursor == desk.store->head());
}

TEST_CASE("the newest changes are found behind many that are not selected") {
  BusyDesk desk;
  for (int i = 0; i < 600; ++i) desk.add(R"({"title":"other"})");
  auto request = wanted();
  request.tasks = {model::TaskId{1}};
  request.latest = 2;
  const auto answer = envelope(desk.feed.poll(request));
  CHECK(revs(answer) == Revs{3, 5});
  CHECK(answer.cursor == desk.store->head());
  CHECK(answer.more == false);
}

TEST_CASE("a poll at the head is answered without a statement") {
  BusyDesk desk;
  auto request = wanted();
  request.since = model::to_string(desk.store->head());
  const auto* measured = dynamic_cast<store::Measured*>(desk.store.get());
  REQUIRE(measured != nullptr);
  const auto before = measured->figures().statements;
  CHECK(items(envelope(desk.feed.poll(request))).empty());
  CHECK(measured->figures().statements == before);
}

TEST_CASE("a cursor that cannot be followed is refused with the reason and where the log is") {
  BusyDesk desk;
  const auto reason = [&](const std::string& since) {
    auto request = wanted();
    request.since = since;
    const auto failure = error_of([&] { desk.feed.poll(request); });
    CHECK(failure.code() == Code::kCursorGone);
    REQUIRE(failure.fields().size() == 3);
    CHECK(failure.fields()[2].message == model::to_string(desk.store->head()));
    return failure.fields()[0].message;
  };
  CHECK(reason("nonsense") == "malformed");
  CHECK(reason("99-0000000000000000") == "ahead");
  CHECK(reason("3-0000000000000000") == "diverged");
  auto first = wanted();
  first.limit = 1;
  const auto early = model::to_string(envelope(desk.feed.poll(first)).cursor.value());
  desk.store->write([](store::WriteTx& tx) { tx.prune_log({.entries = 2}, {}, 100); });
  CHECK(reason(early) == "pruned");
}

TEST_CASE("a poll by type, task, sprint, project or filter") {
  BusyDesk desk;
  auto by_type = wanted();
  by_type.types = "sprint.progress, project.created";
  CHECK(desk.selected(by_type) == Revs{1, 3, 5});
  auto by_task = wanted();
  by_task.tasks = {{2}};
  CHECK(desk.selected(by_task) == Revs{4});
  auto by_sprint = wanted();
  by_sprint.sprint = "S1";
  CHECK(desk.selected(by_sprint) == Revs{2, 3, 5});
  auto by_project = wanted();
  by_project.project = "web";
  CHECK(desk.selected(by_project) == Revs{1, 3, 5});
  auto by_filter = wanted();
  by_filter.filter = "label:x";
  CHECK(desk.selected(by_filter) == Revs{4});
}

feed::SubscriptionRequest subscribe(const BusyDesk& desk, const service::FeedRequest& request) {
  return desk.feed.subscription(request, feed::Encoding::kSse, service::Begin::kWithChanges);
}

TEST_CASE("a stream with a snapshot goes on from the revision of the snapshot") {
  BusyDesk desk;
  const auto then = desk.store->head();
  const auto request =
      desk.feed.subscription(wanted(), feed::Encoding::kSse, service::Begin::kWithSnapshot);
  desk.move(1, "reopen");
  REQUIRE(request.spool);
  CHECK(request.spool->cursor == then);
  CHECK(request.since == model::to_string(then));
}

TEST_CASE("a project beside a sprint says whose sprint is meant") {
  BusyDesk desk;
  desk.add_project("app");
  desk.add_sprint(R"({"name":"S1","project":"app"})");
  auto request = wanted();
  request.sprint = "S1";
  CHECK(error_of([&] { desk.feed.poll(request); }).code() == Code::kInvalidValue);
  request.project = "web";
  const auto selection = subscribe(desk, request).selection;
  CHECK(selection.sprint == model::SprintId{1});
  CHECK_FALSE(selection.project.has_value());
}

TEST_CASE("wishes that mean nothing are refused, not ignored") {
  BusyDesk desk;
  auto types = wanted();
  types.types = "task.updted";
  CHECK(error_of([&] { subscribe(desk, types); }).hint() == "did you mean task.updated?");
  auto filter = wanted();
  filter.filter = "status:dnoe";
  CHECK(error_of([&] { subscribe(desk, filter); }).code() == Code::kInvalidValue);
  auto body = wanted();
  body.filter = "body:secret";
  CHECK(error_of([&] { subscribe(desk, body); }).message() ==
        "a filter on bodies cannot follow the feed");
  auto project = wanted();
  project.project = "wbe";
  CHECK(error_of([&] { subscribe(desk, project); }).message() == "unknown project 'wbe'");
}

}  // namespace
}  // namespace taskman::test
