// Hooks and dead letters as every backend keeps them.

#include "store/bed.hpp"

namespace taskman::test {
namespace {

using model::DeadLetter;
using model::Hook;
using model::HookId;

Hook posting(const std::string& url) {
  return {.on = "task.updated status:done",
          .sprints_of = "web",
          .kind = model::HookKind::kPost,
          .target = url,
          .secret = "s3cret",
          .actor = "ana",
          .created_at = ManualClock().now(),
          .progress = {.rev = 3, .told = 2}};
}

struct HookBed : Bed {
  explicit HookBed(const Backend& backend) : Bed(backend) {}

  HookId add(const Hook& hook) {
    HookId id;
    store->write([&](store::WriteTx& tx) { id = tx.insert_hook(hook); });
    return id;
  }
  void write(const std::function<void(store::WriteTx&)>& change) { store->write(change); }
  std::optional<Hook> hook(HookId id) {
    std::optional<Hook> found;
    store->read([&](store::ReadTx& tx) { found = tx.find_hook(id); });
    return found;
  }
  std::vector<std::int64_t> dead_revs(std::optional<HookId> id) {
    std::vector<std::int64_t> revs;
    store->read([&](store::ReadTx& tx) {
      for (const auto& letter : tx.dead_letters(id)) revs.push_back(letter.rev);
    });
    return revs;
  }
};

DeadLetter dead(HookId hook, std::int64_t rev) {
  return {.hook = hook,
          .rev = rev,
          .frame = R"({"rev":)" + std::to_string(rev) + "}",
          .attempts = 10,
          .error = "was answered 500",
          .at = ManualClock().now()};
}

TEST_CASE("a hook is kept as it was made, and what is said of its progress") {
  HookBed bed(GENERATE(from_range(backends())));
  Hook hook = posting("https://ci.example/");
  hook.id = bed.add(hook);
  bed.reopen();
  CHECK(bed.hook(hook.id) == hook);

  hook.progress = {.rev = 9,
                   .told = 7,
                   .failures = 2,
                   .next_try_at = hook.created_at + std::chrono::seconds(4),
                   .delivered_at = hook.created_at + std::chrono::seconds(1),
                   .last_error = "was answered 500"};
  hook.paused = true;
  bed.write([&](store::WriteTx& tx) {
    tx.save_hook_progress(hook.id, hook.progress);
    tx.set_hook_paused(hook.id, true);
  });
  CHECK(bed.hook(hook.id) == hook);
}

TEST_CASE("hooks move no revision, and their ids are never used again") {
  HookBed bed(GENERATE(from_range(backends())));
  const HookId first = bed.add(posting("http://a/"));
  bed.write([&](store::WriteTx& tx) { tx.delete_hook(first); });
  CHECK(bed.add(posting("http://b/")).value == first.value + 1);
  CHECK(bed.store->head().rev == 0);
}

TEST_CASE("what is said of a hook that is gone says nothing") {
  HookBed bed(GENERATE(from_range(backends())));
  const HookId gone = bed.add(posting("http://a/"));
  bed.write([&](store::WriteTx& tx) {
    tx.save_dead_letter(dead(gone, 1));
    tx.delete_hook(gone);
    tx.save_hook_progress(gone, {.rev = 5});
    tx.set_hook_paused(gone, true);
    tx.save_dead_letter(dead(gone, 2));
  });
  CHECK_FALSE(bed.hook(gone).has_value());
  CHECK(bed.dead_revs(std::nullopt).empty());
}

TEST_CASE("dead letters are listed by hook and revision, and counted") {
  HookBed bed(GENERATE(from_range(backends())));
  const HookId one = bed.add(posting("http://a/"));
  const HookId two = bed.add(posting("http://b/"));
  bed.write([&](store::WriteTx& tx) {
    for (const std::int64_t rev : {8, 5}) tx.save_dead_letter(dead(one, rev));
    tx.save_dead_letter(dead(two, 6));
  });
  CHECK(bed.dead_revs(std::nullopt) == std::vector<std::int64_t>{5, 8, 6});
  CHECK(bed.dead_revs(one) == std::vector<std::int64_t>{5, 8});
  CHECK(bed.hook(one)->dead == 2);
  bed.write([&](store::WriteTx& tx) { tx.delete_dead_letter(one, 5); });
  CHECK(bed.dead_revs(one) == std::vector<std::int64_t>{8});
}

TEST_CASE("marked letters come again, the oldest first, unless there is nothing to send") {
  HookBed bed(GENERATE(from_range(backends())));
  const HookId id = bed.add(posting("http://a/"));
  DeadLetter lost = dead(id, 2);
  lost.frame.reset();
  std::optional<DeadLetter> before;
  std::optional<DeadLetter> after;
  bed.write([&](store::WriteTx& tx) {
    tx.save_dead_letter(lost);
    for (const std::int64_t rev : {8, 5}) tx.save_dead_letter(dead(id, rev));
    before = tx.next_letter(id);
    CHECK(tx.mark_dead_letters(id) == 2);
    after = tx.next_letter(id);
  });
  CHECK_FALSE(before.has_value());
  DeadLetter expected = dead(id, 5);
  expected.again = true;
  CHECK(after == expected);
}

TEST_CASE("of too many dead letters the oldest go") {
  HookBed bed(GENERATE(from_range(backends())));
  const HookId id = bed.add(posting("http://a/"));
  bed.write([&](store::WriteTx& tx) {
    for (std::int64_t rev = 1; rev <= 1003; ++rev) tx.save_dead_letter(dead(id, rev));
  });
  const auto revs = bed.dead_revs(id);
  REQUIRE(revs.size() == 1000);
  CHECK(revs.front() == 4);
}

}  // namespace
}  // namespace taskman::test
