// Who holds a task is a lease, not a name: several workers may have the same.

#include <atomic>
#include <thread>

#include "daemon/service/batch.hpp"
#include "service/desk.hpp"

namespace taskman::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

model::Task task_of(const service::Answer& answer) {
  return wire::decode_task(envelope(answer).data);
}

struct TokenDesk : Desk {
  TokenDesk() {
    add(R"({"title":"a"})");
    add(R"({"title":"b"})");
  }

  service::Batch batch{base};

  std::int64_t claim(const wire::Claim& wanted = {}, const std::string& actor = "ana") {
    return task_of(claims.claim(write(actor), {1}, wanted)).lease->token;
  }
  void done(const wire::Fence& fence, const std::string& actor = "ana") {
    tasks.move(write(actor), {1}, {.verb = "done", .reason = {}, .fence = fence});
  }
};

TEST_CASE(
    "a token is the revision of the claim; a renewal keeps it, a new lease has a greater one") {
  TokenDesk desk;
  const auto first = desk.claim({.lease = minutes{5}});
  CHECK(first == desk.head());
  CHECK(desk.claim({.lease = minutes{9}}) == first);
  const auto renewed = task_of(desk.claims.renew(write(), {1}, {.lease = minutes{20}}));
  CHECK(renewed.lease == model::Lease{"ana", desk.clock.now() + minutes{20}, first});
  desk.claims.release(write(), {1}, {});
  const auto second = desk.claim({.lease = minutes{5}});
  CHECK(second == desk.head());
  desk.clock.advance(minutes{5});
  CHECK(desk.claim() > second);
  const auto next = task_of(desk.claims.claim_next(write(), {}));
  CHECK(next.lease->token == desk.head());
}

TEST_CASE("an exclusive claim is for one worker, whatever the others' names") {
  TokenDesk desk;
  const auto head = desk.head();
  std::atomic<int> won{0};
  std::atomic<int> refused{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&] {
      try {
        desk.claims.claim(write(), {1}, {.exclusive = true});
        ++won;
      } catch (const error::Error& failure) {
        if (failure.code() == Code::kClaimed) ++refused;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(won == 1);
  CHECK(refused == 15);
  CHECK(desk.head() == head + 1);
}

TEST_CASE("an exclusive claim under a key is the same claim again") {
  TokenDesk desk;
  const auto first = desk.claims.claim(keyed("k"), {1}, {.exclusive = true});
  const auto again = desk.claims.claim(keyed("k"), {1}, {.exclusive = true});
  CHECK(again.replayed);
  CHECK(again.body == first.body);
  CHECK(error_of([&] { desk.claim({.exclusive = true}); }).code() == Code::kClaimed);
}

TEST_CASE("what a worker does whose lease another of its name has now does not count") {
  TokenDesk desk;
  const auto old = desk.claim({.lease = minutes{1}});
  desk.clock.advance(minutes{1});
  const auto token = desk.claim({.exclusive = true});
  const auto before = desk.task(1);
  const wire::Fence lost{.token = old};
  CHECK(error_of([&] { desk.done(lost); }).code() == Code::kClaimed);
  CHECK(error_of([&] { desk.claims.renew(write(), {1}, {.token = old}); }).code() ==
        Code::kClaimed);
  CHECK(error_of([&] { desk.claims.release(write(), {1}, {lost}); }).code() == Code::kClaimed);
  CHECK(desk.task(1) == before);
  CHECK(error_of([&] { desk.done({.token = token}, "bob"); }).code() == Code::kClaimed);
  desk.done({.token = token});
  CHECK(desk.task(1).status == model::Status::kDone);
  CHECK(error_of([&] { desk.done(lost); }).code() == Code::kClaimed);
}

TEST_CASE("a renewal at the very end of a lease is too late") {
  TokenDesk desk;
  const auto token = desk.claim({.lease = minutes{1}});
  desk.clock.advance(minutes{1} - milliseconds{1});
  desk.claims.renew(write(), {1}, {.lease = minutes{1}, .token = token});
  desk.clock.advance(minutes{1});
  CHECK(error_of([&] { desk.claims.renew(write(), {1}, {.token = token}); }).code() ==
        Code::kClaimed);
  CHECK(error_of([&] { desk.done({.token = token}); }).code() == Code::kClaimed);
}

TEST_CASE("tokens in bulk and in batches") {
  TokenDesk desk;
  const auto both = desk.bulk(R"({"verb":"claim","ids":[1,2],"exclusive":true})");
  const auto token = std::to_string(both.at(0).lease->token);
  CHECK(both.at(1).lease->token == both.at(0).lease->token);
  CHECK(error_of([&] { desk.bulk(R"({"verb":"claim","ids":[1,2],"exclusive":true})"); }).code() ==
        Code::kClaimed);
  CHECK(error_of([&] { desk.bulk(R"({"verb":"done","ids":[1],"token":1})"); }).code() ==
        Code::kClaimed);
  CHECK(error_of([&] { desk.bulk(R"({"verb":"renew","ids":[1],"token":1})"); }).code() ==
        Code::kClaimed);
  CHECK(error_of([&] { desk.bulk(R"({"verb":"done","ids":[1],"exclusive":true})"); }).message() ==
        "verb 'done' takes no exclusive");
  desk.bulk(R"({"verb":"renew","ids":[1,2],"token":)" + token + "}");
  const auto batch = [&](const std::string& lines) { desk.batch.run(write(), lines); };
  for (const std::string line :
       {R"({"verb":"task claim","id":1,"exclusive":true})",
        R"({"verb":"lease renew","id":1,"token":1})", R"({"verb":"task release","id":1,"token":1})",
        R"({"verb":"task done","id":1,"token":1})"})
    CHECK(error_of([&] { batch(line); }).code() == Code::kClaimed);
  batch(R"({"verb":"lease renew","id":1,"token":)" + token +
        R"(}
{"verb":"task done","id":1,"token":)" +
        token +
        R"(}
{"verb":"task release","id":2,"token":)" +
        token + R"(}
{"verb":"task claim","id":2,"exclusive":true})");
  CHECK(desk.task(1).status == model::Status::kDone);
  CHECK(desk.task(2).lease->token == desk.head());
}

TEST_CASE("an imported lease is one of this store, and a second import the same") {
  TokenDesk desk;
  const std::string line =
      R"({"kind":"task","title":"c","external_id":"x","lease":{"holder":"ana","until":"2100-01-01T00:00:00Z","token":999}})";
  desk.import(line);
  const auto imported = desk.task(3).lease;
  CHECK(imported->token == desk.head());
  desk.edit(3, R"({"points":1})");
  desk.import(line);
  CHECK(desk.task(3).lease == imported);
}

TEST_CASE("a lease ends with what becomes of its task") {
  TokenDesk desk;
  const wire::Fence mine{.token = desk.claim()};
  SECTION("done and opened again") {
    desk.move(1, "done");
    desk.move(1, "reopen");
  }
  SECTION("dropped") { desk.move(1, "drop"); }
  SECTION("given back by another") { desk.claims.release(write("bob"), {1}, {}); }
  SECTION("claimed anew") {
    desk.claims.release(write("bob"), {1}, {});
    desk.claim();
  }
  CHECK(error_of([&] { desk.done(mine); }).code() == Code::kClaimed);
  desk.remove(1);
  CHECK(error_of([&] { desk.done(mine); }).code() == Code::kNotFound);
}

TEST_CASE("a lease outlives another assignee, another status and a block") {
  TokenDesk desk;
  const wire::Fence mine{.token = desk.claim()};
  desk.edit(1, R"({"assignee":"bob"})");
  desk.edit(1, R"({"status":"todo"})");
  CHECK(error_of([&] { desk.claims.claim(write("bob"), {1}, {}); }).code() == Code::kClaimed);
  desk.edit(1, R"({"status":"blocked","blocked_reason":"x"})");
  desk.claims.renew(write(), {1}, {.token = mine.token});
  desk.done(mine);
  CHECK(desk.task(1).assignee == "bob");
}

TEST_CASE("a clock that is set back makes a lease longer, never another's") {
  TokenDesk desk;
  const auto token = desk.claim({.lease = minutes{5}});
  desk.clock.advance(-minutes{60});
  CHECK(error_of([&] { desk.claim({.exclusive = true}); }).code() == Code::kClaimed);
  CHECK_FALSE(desk.claims.expire() <= desk.clock.now());
  const auto renewed =
      task_of(desk.claims.renew(write(), {1}, {.lease = minutes{5}, .token = token}));
  CHECK(renewed.lease->until == desk.clock.now() + minutes{5});
  desk.clock.advance(minutes{5});
  CHECK(desk.claim({.exclusive = true}) > token);
}

TEST_CASE("a clock that is set forward ends a lease early, and its worker is refused") {
  TokenDesk desk;
  const auto token = desk.claim({.lease = minutes{5}});
  desk.clock.advance(std::chrono::hours{24});
  CHECK(error_of([&] { desk.done({.token = token}); }).code() == Code::kClaimed);
  const auto next = desk.claim({.exclusive = true});
  desk.clock.advance(-std::chrono::hours{24});
  CHECK(next > token);
  CHECK(error_of([&] { desk.done({.token = token}); }).code() == Code::kClaimed);
  desk.done({.token = next});
}

TEST_CASE("what was put back to todo under a lease waits for anybody when that ends") {
  TokenDesk desk;
  desk.claim({.lease = minutes{1}});
  desk.edit(1, R"({"status":"todo","priority":"p0"})");
  desk.clock.advance(minutes{1});
  CHECK(task_of(desk.claims.claim_next(write("bob"), {})).id.value == 1);
}

}  // namespace
}  // namespace taskman::test
