// What the lock beside a database says, and whether it is held.

#include "common/config/holder.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <fstream>

#include "common/config/folders.hpp"
#include "common/util/fd.hpp"
#include "config_sample.hpp"
#include "support/catch.hpp"

namespace taskman::config {

using test::User;

TEST_CASE("a holder is read as it was written") {
  for (const Holder& holder :
       {Holder{17, "/run/x.sock"}, Holder{17, "/a on b/x.sock"}, Holder{1, {}}, Holder{}}) {
    const Holder read = parse_holder(to_text(holder) + "\n");
    CHECK(read.pid == holder.pid);
    CHECK(read.socket == holder.socket);
  }
  CHECK(to_text({17, "/run/x.sock"}) == "process 17 on /run/x.sock");
  CHECK(parse_holder("").pid == 0);
  CHECK(parse_holder("process seventeen").pid == 0);
}

TEST_CASE("a lock is held or free, and looking at it leaves it so") {
  const User user;
  const std::string lock = user.home + "/t.db.lock";
  CHECK_FALSE(find_holder(lock));
  std::ofstream(lock) << "process 17 on /run/x.sock\n";
  CHECK_FALSE(find_holder(lock));
  util::Fd fd(::open(lock.c_str(), O_RDWR | O_CLOEXEC));
  REQUIRE(::flock(fd.get(), LOCK_EX | LOCK_NB) == 0);
  REQUIRE(find_holder(lock));
  CHECK(find_holder(lock)->socket == "/run/x.sock");
  fd.reset();
  CHECK_FALSE(find_holder(lock));
}

TEST_CASE("only folders of our own are made private") {
  const User user;
  const auto mode = [](const std::string& folder) {
    return std::filesystem::status(folder).permissions() & std::filesystem::perms::all;
  };
  constexpr auto kShared = std::filesystem::perms::owner_all | std::filesystem::perms::group_read |
                           std::filesystem::perms::group_exec;
  for (const std::string name : {"shared", "taskman", "taskman-x"}) {
    std::filesystem::create_directory(user.folder / name);
    std::filesystem::permissions(user.folder / name, kShared);
    make_folder_for((user.folder / name / "x.sock").string(), user.account);
  }
  CHECK(mode((user.folder / "shared").string()) == kShared);
  CHECK(mode((user.folder / "taskman-x").string()) == kShared);
  CHECK(mode((user.folder / "taskman").string()) == std::filesystem::perms::owner_all);
}

}  // namespace taskman::config
