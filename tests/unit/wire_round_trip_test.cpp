// What is written is read back equal, for any value.

#include "common/time/text.hpp"
#include "common/wire/import.hpp"
#include "common/wire/json.hpp"
#include "support/catch.hpp"
#include "unit/wire_samples.hpp"

namespace taskman::test {
namespace {

constexpr std::uint32_t kRounds = 300;

TEST_CASE("wire: any task, sprint, comment, project comes back equal") {
  for (std::uint32_t seed = 0; seed < kRounds; ++seed) {
    Samples samples(seed);
    const auto task = samples.task();
    REQUIRE(wire::decode_task(wire::encode(task)) == task);
    const auto sprint = samples.sprint();
    REQUIRE(wire::decode_sprint(wire::encode(sprint)) == sprint);
    const auto comment = samples.comment();
    REQUIRE(wire::decode_comment(wire::encode(comment)) == comment);
    const auto project = samples.project();
    REQUIRE(wire::decode_project(wire::encode(project)) == project);
  }
}

TEST_CASE("wire: instants are written as time::to_rfc3339 writes them") {
  for (const std::int64_t at :
       {0LL, -1LL, -62'135'596'800'000LL, 253'402'300'799'999LL, 951'827'696'789LL}) {
    const model::Comment comment{{1}, {1}, "", "", instant_at(at)};
    CHECK_THAT(wire::encode(comment), EndsWith('"' + time::to_rfc3339(comment.at) + "\"}"));
  }
}

TEST_CASE("wire: a new task comes back equal") {
  for (std::uint32_t seed = 0; seed < kRounds; ++seed) {
    Samples samples(seed);
    wire::NewTask task{.fields = samples.task()};
    if (!task.fields.sprint && samples.coin()) task.sprint = wire::SprintWord{"current"};
    const auto back = wire::decode_new_task(wire::encode(task));
    REQUIRE(back.fields == task.fields);
    REQUIRE(back.sprint == task.sprint);
  }
}

TEST_CASE("wire: an edit tells given, cleared and absent apart") {
  wire::TaskEdit edit;
  edit.patch.assignee = std::optional<std::string>();
  edit.patch.points = 3;
  edit.patch.body = "";
  edit.patch.labels = std::vector<std::string>{};
  edit.patch.add_labels = {"x"};
  edit.patch.sprint = std::optional<model::SprintId>();
  CHECK(wire::encode(edit) ==
        R"({"body":"","sprint":null,"assignee":null,"labels":[],"add_labels":["x"],"points":3})");
  const auto back = wire::decode_task_edit(wire::encode(edit));
  CHECK(back.patch.assignee == edit.patch.assignee);
  CHECK(back.patch.points == edit.patch.points);
  CHECK(back.patch.labels == edit.patch.labels);
  CHECK(back.patch.add_labels == edit.patch.add_labels);
  CHECK(back.patch.sprint == edit.patch.sprint);
  CHECK_FALSE(back.patch.title);
  CHECK_FALSE(back.patch.due);
  CHECK_FALSE(back.sprint);
}

TEST_CASE("wire: an edit's sprint is an id, a word or nothing") {
  CHECK(wire::decode_task_edit(R"({"sprint":7})").patch.sprint == model::SprintId{7});
  CHECK(wire::decode_task_edit(R"({"sprint":"next"})").sprint->value().word == "next");
  for (const auto* none : {R"({"sprint":null})", R"({"sprint":"none"})"}) {
    const auto edit = wire::decode_task_edit(none);
    REQUIRE(edit.patch.sprint);
    CHECK_FALSE(*edit.patch.sprint);
    CHECK_FALSE(edit.sprint);
  }
}

TEST_CASE("wire: a bulk command comes back equal") {
  wire::BulkCommand command{
      .verb = "edit", .ids = {{3}, {1}}, .reason = "r", .set = wire::TaskEdit{}};
  command.set->patch.points = std::optional<std::int64_t>();
  const auto back = wire::decode_bulk(wire::encode(command));
  CHECK(back.verb == "edit");
  CHECK(back.ids == command.ids);
  CHECK(back.reason == "r");
  CHECK(back.set->patch.points == command.set->patch.points);
  CHECK_FALSE(back.text);
  CHECK_FALSE(back.lease);
  CHECK_FALSE(back.exclusive);
  CHECK_FALSE(back.fence.is_up());
}

TEST_CASE("wire: what is said of leases comes back equal") {
  const std::chrono::milliseconds lease{1'500};
  const auto claim = wire::decode_claim(wire::encode(wire::Claim{lease, true}));
  CHECK(claim.lease == lease);
  CHECK(claim.exclusive);
  CHECK_FALSE(wire::decode_claim(wire::encode(wire::Claim{})).exclusive);
  const auto renewal = wire::decode_renewal(wire::encode(wire::Renewal{lease, 12}));
  CHECK(renewal.lease == lease);
  CHECK(renewal.token == 12);
  const wire::ClaimNext wanted{
      .filter = "label:\"a b\"", .sprints_of = "web", .order = "due", .lease = lease};
  const auto next = wire::decode_claim_next(wire::encode(wanted));
  CHECK(next.filter == wanted.filter);
  CHECK(next.sprints_of == wanted.sprints_of);
  CHECK(next.order == wanted.order);
  CHECK(next.lease == lease);
  for (const wire::Fence fence : {wire::Fence{.if_claimed = true}, wire::Fence{.token = 12}}) {
    const auto same = [&](const wire::Fence& back) {
      return back.if_claimed == fence.if_claimed && back.token == fence.token && back.is_up();
    };
    CHECK(same(wire::decode_release(wire::encode(wire::Release{fence})).fence));
    CHECK(same(wire::decode_verb(wire::encode(wire::VerbInput{.fence = fence})).fence));
    const auto bulk = wire::decode_bulk(wire::encode(wire::BulkCommand{
        .verb = "claim", .ids = {{3}}, .lease = lease, .exclusive = true, .fence = fence}));
    CHECK(bulk.lease == lease);
    CHECK(bulk.exclusive);
    CHECK(same(bulk.fence));
  }
}

TEST_CASE("wire: an exported line is read as the record it came from") {
  for (std::uint32_t seed = 0; seed < kRounds; ++seed) {
    Samples samples(seed);
    const auto task = samples.task();
    const auto record =
        std::get<wire::ImportTask>(wire::decode_import_record(wire::encode_export(task)));
    REQUIRE(record.id == task.id);
    REQUIRE(record.patch.title == task.title);
    REQUIRE(record.patch.labels == task.labels);
    REQUIRE(record.lease == std::make_optional(task.lease));
    REQUIRE(record.stamps.closed_at == std::make_optional(task.closed_at));
    REQUIRE(record.blocked_by->size() == task.blocked_by.size());
    REQUIRE(wire::encode(wire::decode_import_record(wire::encode(record))) == wire::encode(record));
    const auto sprint = samples.sprint();
    const auto line = wire::encode(wire::decode_import_record(wire::encode_export(sprint)));
    REQUIRE(wire::encode(wire::decode_import_record(line)) == line);
    REQUIRE(wire::decode_sprint(line) == sprint);
  }
}

TEST_CASE("wire: an envelope comes back equal, its data byte for byte") {
  const wire::Envelope envelope{.kind = "task.list",
                                .data = R"([{"a": 1.50},"]"])",
                                .page = wire::PageInfo{.returned = 2, .total = 9, .next = "n"},
                                .cursor = model::Cursor{17, 3},
                                .filter = "is:open",
                                .notices = {"n1"}};
  CHECK(wire::decode_envelope(wire::encode(envelope)) == envelope);
  CHECK(wire::split_array(envelope.data) == std::vector<std::string>{R"({"a": 1.50})", R"("]")"});
}

TEST_CASE("wire: a problem becomes the same error again") {
  for (const auto& row : error::table()) {
    const error::Error failure(row.code, "a \"message\"", "a hint", {{"points", "wrong"}});
    const auto back = wire::decode_problem(wire::encode_problem(failure, "i"), row.http_status);
    CHECK(back.code() == row.code);
    CHECK(back.message() == failure.message());
    CHECK(back.hint() == failure.hint());
    CHECK(back.fields() == failure.fields());
  }
}

TEST_CASE("wire: an answer that is no problem is told by its status") {
  CHECK(wire::decode_problem("<html>", 404).code() == error::Code::kNotFound);
  CHECK(wire::decode_problem("", 503).code() == error::Code::kOverloaded);
  CHECK(wire::decode_problem("[]", 502).code() == error::Code::kInternal);
  CHECK(wire::decode_problem("<html>", 502).message() == "the server answered 502");
}

}  // namespace
}  // namespace taskman::test
