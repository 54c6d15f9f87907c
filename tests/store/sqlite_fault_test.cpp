#include <unistd.h>

#include "store/child.hpp"
#include "store/fault_vfs.hpp"
#include "store/ledger.hpp"

namespace taskman::test {
namespace {

using error::Code;

/// A few writes with a merge of the log between them.
void scenario(store::Store& store, Ledger& ledger) {
  for (int i = 0; i < 4; ++i) try_key(store, ledger, "small" + std::to_string(i));
  try_key(store, ledger, "large", 60'000);
  try {
    dynamic_cast<store::Maintained&>(store).checkpoint();
  } catch (const error::Error&) {
    // Its own affair: nothing that was acknowledged depends on it.
  }
  for (int i = 4; i < 7; ++i) try_key(store, ledger, "small" + std::to_string(i));
}

TEST_CASE(
    "whichever file operation fails, what was acknowledged is there and what was refused is not") {
  const auto fault = GENERATE(Fault::kFail, Fault::kNoSpace);
  const bool go_on = GENERATE(false, true);
  Bed made;
  made.store.reset();
  bool struck = true;
  for (std::int64_t at = 1; struck; ++at) {
    Bed bed(made);
    Ledger ledger;
    {
      const FaultPlan plan({.fault = fault, .at = at, .go_on = go_on});
      scenario(*bed.store, ledger);
      struck = plan.struck();
    }
    INFO("operation " << at);
    CHECK(bed.failures.size() <= 1);
    CHECK(ledger.unknown.empty() == bed.failures.empty());
    if (fault == Fault::kNoSpace && !bed.failures.empty())
      CHECK_THAT(bed.failures[0], ContainsSubstring("commit failed"));
    // Reads go on, and show nothing that was not committed.
    bed.store->read([&](store::ReadTx& tx) { CHECK(tx.log_range().head == bed.store->head()); });
    if (bed.failures.empty()) {
      try_key(*bed.store, ledger, "afterwards");
      CHECK(ledger.done.count("afterwards") == 1);
    } else {
      CHECK(error_of([&] { write_key(*bed.store, "stopped"); }).code() ==
            Code::kStorageUnavailable);
      ledger.refused.insert("stopped");
    }
    bed.reopen();
    const auto there = check_ledger(*bed.store, ledger);
    // Asked again with the same key, each is there exactly once.
    for (const auto& key : ledger.unknown) write_key(*bed.store, key);
    for (const auto& key : ledger.unknown) ledger.done.insert(key);
    check_ledger(*bed.store, ledger);
    bed.store.reset();
    check_file(bed.folder / "taskman.db");
    REQUIRE(at < 400);
  }
}

TEST_CASE("a failed sync at commit stops the writes for good and says so once") {
  Bed bed;
  bed.add("before");
  {
    const FaultPlan plan({.fault = Fault::kFail, .at = 1, .only_syncs = true});
    const auto failure = error_of([&] { bed.add("lost or not"); });
    CHECK(failure.code() == Code::kOutcomeUnknown);
    CHECK_THAT(failure.hint(), ContainsSubstring("same idempotency key"));
  }
  CHECK(bed.failures.size() == 1);
  CHECK(bed.store->head().rev == 1);
  CHECK(error_of([&] { bed.add("later"); }).code() == Code::kStorageUnavailable);
  CHECK(error_of([&] { bed.add("later still"); }).code() == Code::kStorageUnavailable);
  CHECK(bed.failures.size() == 1);
  CHECK(bed.find({1}).title == "before");
  bed.reopen();
  CHECK_NOTHROW(bed.add("after the restart"));
}

TEST_CASE("the process may end at any file operation") {
  Bed made;
  made.store.reset();
  int code = 42;
  for (std::int64_t at = 1; code == 42; ++at) {
    Bed bed(made);
    bed.store.reset();
    Ledger ledger;
    Child child([&](int output) {
      const FaultPlan plan({.fault = Fault::kExit, .at = at});
      bed.open();
      for (int i = 0; i < 6; ++i) {
        const std::string key = "key" + std::to_string(i);
        write_key(*bed.store, key, i == 3 ? 60'000 : 10);
        if (i == 4) dynamic_cast<store::Maintained&>(*bed.store).checkpoint();
        (void)!::write(output, (key + "\n").c_str(), key.size() + 1);
      }
      bed.store.reset();
      return 0;
    });
    for (std::string key = child.read_line(); !key.empty(); key = child.read_line())
      ledger.done.insert(key);
    code = child.wait();
    INFO("operation " << at);
    bed.open();
    check_ledger(*bed.store, ledger);
    bed.store.reset();
    check_file(bed.folder / "taskman.db");
    REQUIRE(at < 400);
  }
  CHECK(code == 0);
}

TEST_CASE("the first start may end at any file operation") {
  int code = 42;
  for (std::int64_t at = 1; code == 42; ++at) {
    Bed bed;
    bed.store.reset();
    const std::string url = "sqlite:" + (bed.folder / "new.db").string();
    code = in_child([&] {
      const FaultPlan plan({.fault = Fault::kExit, .at = at});
      auto store = store::open(url, bed.options());
      store.reset();
      return 0;
    });
    INFO("operation " << at);
    const auto store = store::open(url, bed.options());
    CHECK(store->id().size() == 32);
    write_key(*store, "works");
    REQUIRE(at < 400);
  }
  CHECK(code == 0);
}

TEST_CASE("after a power loss everything acknowledged is there") {
  for (int writes = 1; writes < 12; ++writes) {
    Bed bed;
    bed.store.reset();
    std::filesystem::remove(bed.folder / "taskman.db");
    Ledger ledger;
    Child child([&](int output) {
      remember_syncs(true);
      bed.open();
      for (int i = 0; i < writes; ++i) {
        const std::string key = "key" + std::to_string(i);
        write_key(*bed.store, key, 3000);
        if (i % 4 == 2) dynamic_cast<store::Maintained&>(*bed.store).checkpoint();
        (void)!::write(output, (key + "\n").c_str(), key.size() + 1);
      }
      ::_exit(0);
      return 0;
    });
    for (std::string key = child.read_line(); !key.empty(); key = child.read_line())
      ledger.done.insert(key);
    CHECK(child.wait() == 0);
    CHECK(ledger.done.size() == static_cast<std::size_t>(writes));
    lose_power(bed.folder / "taskman.db");
    bed.open();
    check_ledger(*bed.store, ledger);
    bed.store.reset();
    check_file(bed.folder / "taskman.db");
  }
}

}  // namespace
}  // namespace taskman::test
