// What counts only under a claim: told twice, told of a claim that never was.

#include "daemon/service/batch.hpp"
#include "service/desk.hpp"

namespace taskman::test {
namespace {

using std::chrono::minutes;

struct FenceDesk : Desk {
  FenceDesk() {
    add(R"({"title":"a"})");
    add(R"({"title":"b"})");
  }

  service::Batch batch{base};

  std::int64_t claim(const wire::Claim& wanted = {}) {
    return wire::decode_task(envelope(claims.claim(write(), {1}, wanted)).data).lease->token;
  }
  void done(const wire::Fence& fence) {
    tasks.move(write(), {1}, {.verb = "done", .reason = {}, .fence = fence});
  }
};

TEST_CASE("who tells twice what was done under its claim is not late") {
  FenceDesk desk;
  const wire::Fence mine{.token = desk.claim()};
  const wire::Fence any{.if_claimed = true};
  const std::string verb = GENERATE("done", "drop");
  const auto move = [&](const wire::Fence& fence, const std::string& actor) {
    return envelope(
        desk.tasks.move(write(actor), {1}, {.verb = verb, .reason = {}, .fence = fence}));
  };
  move(mine, "ana");
  const auto before = desk.task(1);
  for (const auto& fence : {mine, any}) {
    CHECK(move(fence, "ana").notices.size() == 1);
    CHECK(error_of([&] { move(fence, "bob"); }).code() == Code::kClaimed);
  }
  desk.bulk(R"({"verb":")" + verb + R"(","ids":[1],"if_claimed":true})");
  desk.batch.run(write(), R"({"verb":"task )" + verb + R"(","id":1,"if_claimed":true})");
  CHECK(desk.task(1) == before);
  const auto other = error_of([&] { move({.token = *mine.token - 1}, "ana"); });
  CHECK(other.code() == Code::kClaimed);
  CHECK(other.hint() == "make it ready first: taskman task reopen 1");
  desk.move(1, "reopen");
  desk.move(1, verb);
  CHECK(error_of([&] { move(mine, "ana"); }).code() == Code::kClaimed);
  CHECK(move(any, "ana").notices.size() == 1);
}

TEST_CASE("who gives back twice is not late, but who was robbed is") {
  FenceDesk desk;
  const wire::Fence mine{.token = desk.claim({.lease = minutes{1}})};
  const auto release = [&] { return envelope(desk.claims.release(write(), {1}, {mine})); };
  SECTION("given back by its holder") {
    release();
    CHECK(release().notices.size() == 1);
    desk.claim();
  }
  SECTION("by another") { desk.claims.release(write("bob"), {1}, {}); }
  SECTION("by the clock") {
    desk.clock.advance(minutes{1});
    desk.claims.expire();
  }
  CHECK(error_of(release).code() == Code::kClaimed);
}

TEST_CASE("a token that is none, or that the task never had") {
  FenceDesk desk;
  const auto token = desk.claim();
  for (const std::int64_t none : {std::int64_t{0}, std::int64_t{-1}})
    CHECK(error_of([&] { desk.done({.token = none}); }).code() == Code::kInvalidValue);
  const auto lost = [&](model::TaskId id, std::int64_t named) {
    return error_of([&] { desk.claims.renew(write(), id, {.token = named}); }).message();
  };
  CHECK(lost({2}, token) == "task 2 is not claimed by ana: it is todo");
  CHECK(lost({2}, 1'000'000) == "task 2 is not claimed by ana: it is todo");
  desk.claims.release(write(), {1}, {});
  CHECK(lost({1}, token) == "task 1 is no longer claimed by ana: it is todo");
}

}  // namespace
}  // namespace taskman::test
