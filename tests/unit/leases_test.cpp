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
  return claimed(task_in(Status::kTodo), {holder, kLater, 7}, Again::kRenews, kNow);
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
  CHECK(task.lease == Lease{"ana", kLater, 7});
  CHECK(task.assignee == "ana");
  CHECK(task.status == Status::kInProgress);
  CHECK(task.started_at == kNow);
  CHECK(is_claimed(task, kLater - std::chrono::milliseconds{1}));
  CHECK_FALSE(is_claimed(task, kLater));
}

TEST_CASE("who comes second is told the holder, the lease's end and its token") {
  for (const Again again : {Again::kRenews, Again::kRefused}) {
    const Error failure = refusal([&] {
      claimed(held_by("ana"), {"bob", kLater, 9}, again, kNow);
    });
    CHECK(failure.code() == Code::kClaimed);
    CHECK(failure.message() == "task 42 is claimed by ana until 2026-11-23T10:30:00.000Z");
    CHECK(failure.fields() == std::vector<error::Field>{{"holder", "ana"},
                                                        {"until", "2026-11-23T10:30:00.000Z"},
                                                        {"token", "7"}});
  }
}

TEST_CASE("the holder's next claim renews, under the same token") {
  const auto longer = kLater + std::chrono::minutes{5};
  const Task task = claimed(held_by("ana"), {"ana", longer, 9}, Again::kRenews, kNow);
  CHECK(task.lease == Lease{"ana", longer, 7});
  CHECK(task.status == Status::kInProgress);
}

TEST_CASE("a claim that is to be exclusive is refused to the holder's own name, too") {
  const Error failure = refusal([] {
    claimed(held_by("ana"), {"ana", kLater, 9}, Again::kRefused, kNow);
  });
  CHECK(failure.code() == Code::kClaimed);
  CHECK(failure.fields().front() == error::Field{"holder", "ana"});
  CHECK_THAT(failure.hint(), ContainsSubstring("your own name"));
  CHECK(claimed(held_by("ana"), {"ana", kLater, 9}, Again::kRefused, kLater).lease->token == 9);
}

TEST_CASE("a lease that ran out holds nobody up, and is not renewed") {
  const auto end = kLater + std::chrono::hours{1};
  const Task task = claimed(held_by("ana"), {"bob", end, 9}, Again::kRenews, kLater);
  CHECK(task.lease->holder == "bob");
  CHECK(task.assignee == "bob");
  CHECK(claimed(held_by("ana"), {"ana", end, 9}, Again::kRenews, kLater).lease->token == 9);
}

TEST_CASE("what is closed or blocked cannot be claimed; what is under review stays so") {
  const Lease lease{"ana", kLater};
  for (const Status status : {Status::kDone, Status::kDropped, Status::kBlocked}) {
    const Error failure = refusal([&] { claimed(task_in(status), lease, Again::kRenews, kNow); });
    CHECK(failure.code() == Code::kConflict);
    CHECK_THAT(failure.message(), ContainsSubstring(std::string(name(status))));
  }
  CHECK(claimed(task_in(Status::kReview), lease, Again::kRenews, kNow).status == Status::kReview);
}

TEST_CASE("only a lease that still runs is held") {
  check_held(held_by("ana"), {"ana"}, kNow);
  const Error other = refusal([] { check_held(held_by("ana"), {"bob"}, kNow); });
  CHECK(other.code() == Code::kClaimed);
  CHECK(other.fields().front().message == "ana");
  CHECK_THAT(refusal([] { check_held(held_by("ana"), {"ana"}, kLater); }).message(),
             ContainsSubstring("the lease ran out"));
  CHECK_THAT(refusal([] { check_held(task_in(Status::kDone), {"ana"}, kNow); }).message(),
             ContainsSubstring("not claimed by ana: it is done"));
}

TEST_CASE("a token is of one lease, a name of all its own") {
  check_held(held_by("ana"), {"ana", 7}, kNow);
  const Error older = refusal([] { check_held(held_by("ana"), {"ana", 5}, kNow); });
  CHECK(older.code() == Code::kClaimed);
  CHECK(older.message() == "task 42 is claimed by ana under another lease: its token is 7, not 5");
  CHECK(older.fields() == std::vector<error::Field>{{"lease", "lost"}});
  CHECK(refusal([] {
          check_held(held_by("ana"), {"bob", 7}, kNow);
        })
            .fields()
            .front() == error::Field{"holder", "ana"});
  CHECK_THAT(refusal([] {
               check_held(held_by("ana"), {"ana", 7}, kLater);
             }).message(),
             ContainsSubstring("the lease ran out"));
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
  task.lease = Lease{"ana", kLater, 7};
  for (const Status status : {Status::kTodo, Status::kBlocked}) {
    task.status = status;
    CHECK_FALSE(released(task, kNow).assignee);
    CHECK(released(task, kNow).status == status);
  }
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
