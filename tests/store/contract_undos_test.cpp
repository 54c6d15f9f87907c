// What an undo needs of a store: who made which revision, which took back which, comments that go
// and come back.

#include "store/bed.hpp"

namespace taskman::test {
namespace {

Bed any_backend() { return Bed(GENERATE(from_range(backends()))); }

using Revisions = std::vector<std::int64_t>;

void append_as(Bed& bed, const std::string& actor) {
  const auto task = bed.find({1});
  bed.store->write([&](store::WriteTx& tx) {
    model::Changeset changeset = changeset_of(task);
    changeset.actor = actor;
    tx.append(changeset);
  });
}

TEST_CASE("the revisions of one actor, newest first, between two revisions") {
  Bed bed = any_backend();
  bed.add("first");
  for (const auto* actor : {"bob", "ana", "bob", "ana"}) append_as(bed, actor);
  bed.store->read([&](store::ReadTx& tx) {
    CHECK(tx.revisions_by("ana", 0, 100) == Revisions{5, 3, 1});
    CHECK(tx.revisions_by("bob", 0, 100) == Revisions{4, 2});
    CHECK(tx.revisions_by("ana", 3, 5) == Revisions{3});
    CHECK(tx.revisions_by("cy", 0, 100).empty());
  });
}

TEST_CASE("a store knows which revision took back which") {
  Bed bed = any_backend();
  bed.add("first");
  bed.store->write([&](store::WriteTx& tx) {
    tx.record_undo(2, 1);
    tx.record_undo(3, 2);
    tx.record_undo(4, 1);
  });
  bed.reopen();
  bed.store->read([&](store::ReadTx& tx) {
    CHECK(tx.undo_target(2) == 1);
    CHECK(tx.undo_target(3) == 2);
    CHECK_FALSE(tx.undo_target(1));
    CHECK(tx.undo_of(1) == 4);
    CHECK(tx.undo_of(2) == 3);
    CHECK_FALSE(tx.undo_of(4));
  });
}

TEST_CASE("what took back what is forgotten with its entry of the log") {
  Bed bed = any_backend();
  for (int i = 0; i < 4; ++i) bed.add("task");
  bed.store->write([&](store::WriteTx& tx) {
    tx.record_undo(2, 1);
    tx.record_undo(4, 3);
  });
  bed.store->write(
      [&](store::WriteTx& tx) { CHECK(tx.prune_log({.entries = 2}, bed.clock.now(), 100) == 2); });
  bed.store->read([&](store::ReadTx& tx) {
    CHECK_FALSE(tx.undo_target(2));
    CHECK(tx.undo_target(4) == 3);
  });
}

TEST_CASE("of each actor the last command is known that the log does not tell of") {
  Bed bed = any_backend();
  bed.store->write([&](store::WriteTx& tx) {
    tx.save_untold("ana", {.rev = 0, .command = "hooks add 1"});
    tx.save_untold("bob", {.rev = 2, .command = "hooks add 2"});
    tx.save_untold("ana", {.rev = 3, .command = "hooks delete 1"});
  });
  bed.reopen();
  bed.store->read([&](store::ReadTx& tx) {
    CHECK(tx.last_untold("ana")->command == "hooks delete 1");
    CHECK(tx.last_untold("ana")->rev == 3);
    CHECK(tx.last_untold("bob")->command == "hooks add 2");
    CHECK_FALSE(tx.last_untold("cy"));
  });
}

TEST_CASE("a comment goes, and comes back under its id, which no other got meanwhile") {
  Bed bed = any_backend();
  const auto id = bed.add("first");
  model::Comment comment{.task = id, .author = "bob", .text = "hm", .at = bed.clock.now()};
  bed.store->write([&](store::WriteTx& tx) { comment.id = tx.insert_comment(comment); });
  bed.store->write([&](store::WriteTx& tx) { tx.delete_comment(comment.id); });
  bed.store->write([&](store::WriteTx& tx) {
    CHECK(tx.comments_of(id).empty());
    const model::Comment other{.task = id, .author = "ana", .text = "x", .at = bed.clock.now()};
    CHECK(tx.insert_comment(other) > comment.id);
    CHECK(tx.insert_comment(comment) == comment.id);
    CHECK(tx.comments_of(id).front() == comment);
  });
  const auto failure =
      error_of([&] { bed.store->write([](store::WriteTx& tx) { tx.delete_comment({99}); }); });
  CHECK(failure.code() == error::Code::kNotFound);
}

}  // namespace
}  // namespace taskman::test
