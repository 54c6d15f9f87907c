// A daemon that comes back is noticed by its socket, and by nothing else.

#include "cli/client/socket_watch.hpp"

#include <filesystem>
#include <fstream>

#include "support/catch.hpp"
#include "support/temp_dir.hpp"

namespace taskman::test {
namespace {

void make(const std::filesystem::path& path) { std::ofstream(path) << "x"; }

}  // namespace

TEST_CASE("a socket that is made is told of once") {
  const TempDir folder;
  client::SocketWatch watch((folder.path() / "a.sock").string());
  REQUIRE(watch.works());
  CHECK_FALSE(watch.take());
  make(folder.path() / "a.sock");
  CHECK(watch.take());
  CHECK_FALSE(watch.take());
}

TEST_CASE("one that is put in the place of another is told of, its neighbours are not") {
  const TempDir folder;
  make(folder.path() / "a.sock");
  client::SocketWatch watch((folder.path() / "a.sock").string());
  make(folder.path() / "a.sock.start");
  make(folder.path() / "new");
  std::filesystem::remove(folder.path() / "a.sock");
  CHECK_FALSE(watch.take());
  std::filesystem::rename(folder.path() / "new", folder.path() / "a.sock");
  CHECK(watch.take());
}

TEST_CASE("without its folder nothing is told, and the watch says so") {
  const TempDir folder;
  const auto inner = folder.path() / "run";
  CHECK_FALSE(client::SocketWatch((inner / "a.sock").string()).works());
  std::filesystem::create_directory(inner);
  client::SocketWatch watch((inner / "a.sock").string());
  REQUIRE(watch.works());
  std::filesystem::remove(inner);
  CHECK_FALSE(watch.take());
  CHECK_FALSE(watch.works());
}

}  // namespace taskman::test
