// The parts of hooks that need no daemon.

#include <fstream>
#include <iterator>
#include <set>

#include "daemon/hooks/backoff.hpp"
#include "daemon/hooks/command_environment.hpp"
#include "daemon/hooks/signature.hpp"
#include "support/build_paths.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

using namespace std::chrono_literals;

TEST_CASE("a signature is what any HMAC-SHA256 makes of the seconds, a dot and the body") {
  // python3: hmac.new(b"0123456789abcdef", b'1764150000.{"rev":1}', hashlib.sha256).hexdigest()
  CHECK(hooks::signature("0123456789abcdef", 1764150000, R"({"rev":1})") ==
        "t=1764150000,v1=afb28a2c0291411c2187687a55a829012aab48a115b87e6b2b144ab2443c0010");
}

TEST_CASE("a wait doubles to five minutes, and is spread by a quarter to either side") {
  util::SystemRandom random;
  const auto is_about = [&](std::int64_t failures, std::chrono::milliseconds expected) {
    for (int i = 0; i < 100; ++i) {
      const auto wait = hooks::wait_after(failures, 1s, random);
      if (wait < expected * 3 / 4 || wait > expected * 5 / 4) return false;
    }
    return true;
  };
  CHECK(is_about(1, 1s));
  CHECK(is_about(2, 2s));
  CHECK(is_about(9, 256s));
  CHECK(is_about(10, 300s));
  CHECK(is_about(1'000'000, 300s));
}

TEST_CASE("docs/hooks.md names every variable that a command gets of the daemon's environment") {
  std::ifstream file(std::string(kSourceDir) + "/docs/hooks.md");
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  for (const auto name : hooks::inherited_variables())
    CHECK_THAT(page, ContainsSubstring("`" + std::string(name) + "`"));
}

TEST_CASE("two that failed together do not come back together") {
  util::SystemRandom random;
  std::set<std::chrono::milliseconds> waits;
  for (int i = 0; i < 20; ++i) waits.insert(hooks::wait_after(5, 1s, random));
  CHECK(waits.size() > 10);
}

}  // namespace
}  // namespace taskman::test
