// What a change told is put back by the same columns that wrote it.

#include "common/wire/apply.hpp"

#include "common/wire/json.hpp"
#include "support/catch.hpp"
#include "unit/wire_samples.hpp"

namespace taskman::test {
namespace {

using Names = std::vector<std::string>;

wire::Frame::Item item_of(const model::Change& change) {
  return wire::decode_changes({.changes = wire::encode_changes({change})}).at(0);
}

TEST_CASE("wire: what a change says of before makes what was before, of any two states") {
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    Samples samples(seed);
    auto before = samples.task();
    auto after = samples.task();
    after.id = before.id;
    after.version = before.version;
    after.updated_at = before.updated_at;
    const auto item = item_of(wire::task_change(model::ChangeType::kTaskUpdated, &before, &after));
    CHECK(wire::fields_unlike(after, item.set).empty());
    wire::apply(after, item.was);
    CHECK(after == before);
  }
}

TEST_CASE("wire: a deletion tells the whole task and its comments") {
  const auto task = full_task();
  const auto item = item_of(wire::deletion_change(task, {full_comment()}));
  model::Task back{.id = task.id, .version = task.version};
  wire::apply(back, item.was);
  CHECK(back == task);
  CHECK(wire::comments_of(item) == std::vector{full_comment()});
  CHECK(wire::comments_of(item_of(wire::deletion_change(task, {}))).empty());
}

TEST_CASE("wire: fields that are another now are named; what is derived is not") {
  auto task = full_task();
  const wire::Members told{{"title", R"("other")"},
                           {"points", task.points ? std::to_string(*task.points) : "null"},
                           {"ready", task.ready ? "false" : "true"},
                           {"updated_at", R"("2000-01-01T00:00:00Z")"},
                           {"of_a_newer_program", "1"}};
  CHECK(wire::fields_unlike(task, told) == Names{"title"});
}

TEST_CASE("wire: a lease that was told before there were tokens is the one without") {
  auto task = full_task();
  task.lease->token = 0;
  const wire::Members told{{"lease", R"({"holder":"bot","until":"2026-11-23T12:01:00.123Z"})"}};
  CHECK(wire::fields_unlike(task, told).empty());
  task.lease->token = 12;
  CHECK(wire::fields_unlike(task, told) == Names{"lease"});
}

TEST_CASE("wire: a sprint of any size is read back") {
  model::Sprint sprint = full_sprint();
  sprint.committed.clear();
  for (std::int64_t id = 1; id <= 20'000; ++id)
    sprint.committed.push_back({.task = {id}, .points = 1});
  CHECK(wire::decode_sprint(wire::encode(sprint)) == sprint);
  model::Sprint bare;
  wire::apply(bare, wire::members_of(wire::encode(sprint)));
  CHECK(bare == sprint);
}

}  // namespace
}  // namespace taskman::test
