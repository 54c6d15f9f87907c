// What the shared part of the log costs: one read of an entry, however many readers and however
// large.

#include "daemon/feed/log_cache.hpp"

#include "feed_fixture.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

model::Task task(const std::string& title, const std::string& body = {}) {
  model::Task task;
  task.title = title;
  task.body = body;
  return task;
}

std::int64_t statements(store::Store& store) {
  return dynamic_cast<store::Measured&>(store).figures().statements;
}

TEST_CASE(
    "an entry larger than the cache is read once for all who are at it, and not again after it") {
  constexpr std::size_t kBytes = 1000;
  FeedFixture feed;
  feed.add(task("before"));
  feed.add(task("large", std::string(50 * kBytes, 'x')));
  feed::LogCache cache(feed.store(), kBytes);
  const std::int64_t before = statements(feed.store());
  for (int reader = 0; reader < 50; ++reader) REQUIRE(cache.find(2) != nullptr);
  const std::int64_t a_read = statements(feed.store()) - before;
  CHECK(a_read < 5);
  cache.shrink_to(0);  // they had it; time passes

  feed.add(task("after"));
  const std::int64_t later = statements(feed.store());
  for (int reader = 0; reader < 50; ++reader) REQUIRE(cache.find(3) != nullptr);
  CHECK(statements(feed.store()) - later == a_read);
  CHECK(cache.bytes() < 50 * kBytes);  // without the large one, although it lies beside
}

TEST_CASE("who is farther behind than those before him finds all that he lacks") {
  FeedFixture feed;
  feed.add_many(10);
  feed::LogCache cache(feed.store(), 1 << 20);
  for (const std::int64_t rev : {7, 3, 10, 4, 1, 10}) {
    INFO("revision " << rev);
    const auto entry = cache.find(rev);
    REQUIRE(entry != nullptr);
    CHECK(entry->rev() == rev);
  }
}

}  // namespace
}  // namespace taskman::test
