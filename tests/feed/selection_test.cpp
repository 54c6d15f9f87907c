// Which changesets a reader gets, and that every transport says the same.

#include "common/wire/json.hpp"
#include "daemon/feed/poll.hpp"
#include "feed_fixture.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

using feed::Encoding;
using feed::Selection;

feed::PollAnswer poll(FeedFixture& feed, feed::PollRequest request) {
  feed::PollAnswer answer;
  feed.store().read([&](store::ReadTx& tx) { answer = feed::poll(tx, request); });
  return answer;
}

std::vector<std::int64_t> revisions(FeedFixture& feed, const Selection& selection) {
  std::vector<std::int64_t> found;
  for (const auto& frame : poll(feed, {.selection = selection}).frames) {
    found.push_back(wire::decode_frame(frame).cursor.rev);
  }
  return found;
}

using Revisions = std::vector<std::int64_t>;

/// 1 add a, 2 add b, 3 a starts, 4 b renamed, 5 a done, 6 a renamed, 7 b deleted.
void play(FeedFixture& feed) {
  const auto a = feed.add(task_of("a"));
  const auto b = feed.add(task_of("b"));
  feed.edit(a, [](model::Task& task) { task.status = model::Status::kInProgress; });
  feed.edit(b, [](model::Task& task) { task.title = "bee"; });
  feed.edit(a, [](model::Task& task) { task.status = model::Status::kDone; });
  feed.edit(a, [](model::Task& task) { task.title = "aye"; });
  feed.remove(b);
}

std::vector<std::string> read_sse(FeedFixture& feed, feed::SubscriptionRequest request,
                                  std::size_t count) {
  auto stream = feed.connect(std::move(request));
  stream.read_block();
  std::vector<std::string> frames;
  while (frames.size() < count) frames.push_back(parse_block(stream.read_block()).data);
  return frames;
}

std::vector<std::string> read_ndjson(FeedFixture& feed, feed::SubscriptionRequest request,
                                     std::size_t count) {
  request.encoding = Encoding::kNdjson;
  auto stream = feed.connect(std::move(request));
  stream.read_line();
  std::vector<std::string> frames;
  while (frames.size() < count) frames.push_back(stream.read_line());
  return frames;
}

}  // namespace

TEST_CASE("an empty selection is everything") {
  FeedFixture feed;
  play(feed);
  CHECK(revisions(feed, {}) == Revisions{1, 2, 3, 4, 5, 6, 7});
}

TEST_CASE("changes of some tasks only") {
  FeedFixture feed;
  play(feed);
  CHECK(revisions(feed, {.tasks = {{1}}}) == Revisions{1, 3, 5, 6});
  CHECK(revisions(feed, {.tasks = {{2}}}) == Revisions{2, 4, 7});
}

TEST_CASE("changes of some types only") {
  FeedFixture feed;
  play(feed);
  CHECK(revisions(feed, {.types = {model::ChangeType::kTaskCreated}}) == Revisions{1, 2});
  CHECK(revisions(feed, {.types = {model::ChangeType::kTaskDeleted}, .tasks = {{1}}}).empty());
}

TEST_CASE("a filter tells of tasks that start to match, match, and stop to match") {
  FeedFixture feed;
  play(feed);
  CHECK(revisions(feed, matching("status:in_progress")) == Revisions{3, 5});
  CHECK(revisions(feed, matching("is:closed")) == Revisions{5, 6});
  CHECK(revisions(feed, matching("title:bee")) == Revisions{4, 7});
  CHECK(revisions(feed, matching("is:open")) == Revisions{1, 2, 3, 4, 5, 7});
}

TEST_CASE("a project's tasks before and after they moved") {
  FeedFixture feed;
  feed.store().write([](store::WriteTx& tx) {
    const model::Project web{.key = "web", .name = "Web"};
    tx.insert_project(web);
    tx.append(
        {.actor = "ana",
         .origin = "test",
         .changes = {wire::project_change(model::ChangeType::kProjectCreated, nullptr, &web)}});
  });
  const auto id = feed.add(task_of("a"));
  feed.edit(id, [](model::Task& task) { task.project = "web"; });
  feed.edit(id, [](model::Task& task) { task.title = "in web"; });
  feed.edit(id, [](model::Task& task) { task.project.reset(); });
  feed.edit(id, [](model::Task& task) { task.title = "out of it"; });
  CHECK(revisions(feed, {.project = "web"}) == Revisions{1, 3, 4, 5});
}

TEST_CASE("a poll gives batches that join without gap or overlap") {
  FeedFixture feed;
  feed.add_many(25);
  Revisions seen;
  feed::PollRequest request{.limit = 10};
  for (bool more = true; more;) {
    const auto answer = poll(feed, request);
    for (const auto& text : answer.frames) {
      const auto frame = wire::decode_frame(text);
      CHECK(frame.prev == (seen.empty() ? 0 : seen.back()));
      seen.push_back(frame.cursor.rev);
    }
    CHECK(answer.frames.size() <= 10);
    more = answer.more;
    request.since = model::to_string(answer.cursor);
  }
  CHECK(seen.size() == 25);
  CHECK(request.since == model::to_string(feed.head()));
}

TEST_CASE("a poll with a cursor that is gone is refused with the way back") {
  FeedFixture feed;
  feed.add_many(2);
  try {
    poll(feed, {.since = "77-0123456789abcdef"});
    FAIL("followed a cursor ahead of the log");
  } catch (const error::Error& failure) {
    CHECK(failure.code() == error::Code::kCursorGone);
    CHECK(failure.fields().at(2) == error::Field{"head", model::to_string(feed.head())});
  }
}

TEST_CASE("poll, NDJSON and SSE say the same bytes") {
  FeedFixture feed;
  const std::string start = model::to_string(feed.head());
  play(feed);
  const auto text = GENERATE("", "status:in_progress", "is:closed", "title:bee");
  const Selection selection = std::string_view(text).empty() ? Selection{} : matching(text);
  const auto polled = poll(feed, {.since = start, .selection = selection}).frames;
  REQUIRE_FALSE(polled.empty());
  const auto wanted = [&] {
    return feed::SubscriptionRequest{.since = start, .selection = selection};
  };
  CHECK(read_sse(feed, wanted(), polled.size()) == polled);
  CHECK(read_ndjson(feed, wanted(), polled.size()) == polled);
}

}  // namespace taskman::test
