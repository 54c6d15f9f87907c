#include "daemon/domain/leases.hpp"

#include "common/error/error.hpp"
#include "support/catch.hpp"

namespace taskman::domain {
namespace {

using error::Code;
using error::Error;
using model::Lease;
using model::Status;
using model::Task;
using test::ContainsSubstring;

const util::Instant kNow{std::chrono::seconds{1'795'428'000}};
const util::Instant kLater = kNow + std::chrono::minutes{30};

Task task_in(Status status) {
  Task task;
  task.id = {42};
  task.status = status;
  return task;
}

Task held_by(const std::string& holder) {
  return claimed(task_in(Status::kTodo), {holder, kLater}, kNow);
}

template <typename Action>
Error refusal(const Action& action) {
  try {
    action();
  } catch (const Error& failure) {
    return failure;
  }
  FAIL("nothing was refused");
  throw std::logic_error("unreachable");
}

}  // namespace

TEST_CASE("a claimed task is its holder's, in progress, until the lease ends") {
  const Task task = held_by("ana");
  CHECK(task.lease == Lease{"ana", kLater});
  CHECK(task.assignee == "ana");
  CHECK(task.status == Status::kInProgress);
  CHECK(task.started_at == kNow);
  CHECK(is_claimed(task, kLater - std::chrono::milliseconds{1}));
  CHECK_FALSE(is_claimed(task, kLater));
}

TEST_CASE("who comes second is told the holder and the lease's end") {
  const Error failure = refusal([] { claimed(held_by("ana"), {"bob", kLater}, kNow); });
  CHECK(failure.code() == Code::kClaimed);
  CHECK(failure.message() == "task 42 is claimed by ana until 2026-11-23T10:30:00.000Z");
  CHECK(failure.fields() ==
        std::vector<error::Field>{{"holder", "ana"}, {"until", "2026-11-23T10:30:00.000Z"}});
}

TEST_CASE("the holder's next claim renews") {
  const auto longer = kLater + std::chrono::minutes{5};
  const Task task = claimed(held_by("ana"), {"ana", longer}, kNow);
  CHECK(task.lease == Lease{"ana", longer});
  CHECK(task.status == Status::kInProgress);
}

TEST_CASE("a lease that ran out holds nobody up") {
  const Task task = claimed(held_by("ana"), {"bob", kLater + std::chrono::hours{1}}, kLater);
  CHECK(task.lease->holder == "bob");
  CHECK(task.assignee == "bob");
}

TEST_CASE("what is closed or blocked cannot be claimed; what is under review stays so") {
  const Lease lease{"ana", kLater};
  for (const Status status : {Status::kDone, Status::kDropped, Status::kBlocked}) {
    const Error failure = refusal([&] { claimed(task_in(status), lease, kNow); });
    CHECK(failure.code() == Code::kConflict);
    CHECK_THAT(failure.message(), ContainsSubstring(std::string(name(status))));
  }
  CHECK(claimed(task_in(Status::kReview), lease, kNow).status == Status::kReview);
}

TEST_CASE("only a lease that still runs is held") {
  check_held(held_by("ana"), "ana", kNow);
  const Error other = refusal([] { check_held(held_by("ana"), "bob", kNow); });
  CHECK(other.code() == Code::kClaimed);
  CHECK(other.fields().front().message == "ana");
  CHECK_THAT(refusal([] { check_held(held_by("ana"), "ana", kLater); }).message(),
             ContainsSubstring("the lease ran out"));
  CHECK_THAT(refusal([] { check_held(task_in(Status::kDone), "ana", kNow); }).message(),
             ContainsSubstring("no longer claimed by ana: it is done"));
}

TEST_CASE("a task given back waits again, and is nobody's") {
  const Task task = released(held_by("ana"), kNow);
  CHECK_FALSE(task.lease);
  CHECK_FALSE(task.assignee);
  CHECK(task.status == Status::kTodo);
}

TEST_CASE("giving back keeps what others decided meanwhile") {
  Task task = held_by("ana");
  task.assignee = "carl";
  CHECK(released(task, kNow).assignee == "carl");
  task.status = Status::kReview;
  task.assignee = "ana";
  const Task reviewed = released(task, kNow);
  CHECK(reviewed.status == Status::kReview);
  CHECK(reviewed.assignee == "ana");
  CHECK_FALSE(reviewed.lease);
  const Task never = task_in(Status::kInProgress);
  CHECK(released(never, kNow) == never);
}

TEST_CASE("a lease has its bounds") {
  check_lease(kShortestLease);
  check_lease(kLongestLease);
  for (const auto length : {kShortestLease - std::chrono::milliseconds{1},
                            std::chrono::milliseconds{kLongestLease} + kShortestLease}) {
    CHECK(refusal([&] { check_lease(length); }).code() == Code::kInvalidValue);
  }
}

}  // namespace taskman::domain
