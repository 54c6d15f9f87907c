// Names of branches: made from a task's title, and read back.

#include "cli/git/branch_name.hpp"

#include <string>

#include "cli/git/git.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

using git::branch_name;
using git::task_in_name;

}  // namespace

TEST_CASE("a branch is named after the task's id and title") {
  CHECK(branch_name(42, "Fix login") == "42-fix-login");
  CHECK(branch_name(42, "  Fix: the [API] / v2!  ") == "42-fix-the-api-v2");
  CHECK(branch_name(7, "don't break O’Brien's login") == "7-dont-break-obriens-login");
  CHECK(branch_name(7, "refs/heads/../HEAD.lock@{1}~^:?*\\") == "7-refs-heads-head-lock-1");
  CHECK(branch_name(7, "-- --force") == "7-force");
}

TEST_CASE("letters lose their accents, what has no ASCII letter goes") {
  CHECK(branch_name(1, "Größe prüfen: Ärger mit Öl") == "1-groesse-pruefen-aerger-mit-oel");
  CHECK(branch_name(1, "Déjà vu à Łódź") == "1-deja-vu-a-lodz");
  CHECK(branch_name(1, "Cafe\u0301 ouvert") == "1-cafe-ouvert");
  CHECK(branch_name(1, "ÿ Ÿ ſ × ÷ Ž ž Þ") == "1-y-y-s-z-z-th");
  CHECK(branch_name(1, "日本語 login") == "1-login");
  CHECK(branch_name(42, "日本語") == "42");
  CHECK(branch_name(42, "!?") == "42");
  CHECK(branch_name(42, "") == "42");
}

TEST_CASE("a long name is cut between words, a long word inside") {
  CHECK(branch_name(42, "The quick brown fox jumps over the lazy dog and more") ==
        "42-the-quick-brown-fox-jumps-over-the-lazy-dog-and");
  CHECK(branch_name(42, std::string(80, 'x')) == "42-" + std::string(47, 'x'));
  CHECK(branch_name(9223372036854775807, "a b").size() <= 50);
}

TEST_CASE("git takes every name, and the task is read back from it") {
  for (const std::string title :
       {"Fix login", "a.lock", "HEAD", "@", "..", "//", "ends with .", "\x01\x7f"}) {
    const std::string name = branch_name(42, title);
    CAPTURE(name);
    CHECK(git::run({"check-ref-format", "--branch", name}).worked());
    CHECK(task_in_name(name) == 42);
  }
}

TEST_CASE("a branch names a task when its last part begins with the id") {
  CHECK(task_in_name("42") == 42);
  CHECK(task_in_name("ana/42-fix_it") == 42);
  CHECK(task_in_name("42_fix") == 42);
  CHECK(task_in_name("main") == std::nullopt);
  CHECK(task_in_name("v42") == std::nullopt);
  CHECK(task_in_name("42fix") == std::nullopt);
  CHECK(task_in_name("42.1") == std::nullopt);
  CHECK(task_in_name("042-x") == std::nullopt);
  CHECK(task_in_name("0") == std::nullopt);
  CHECK(task_in_name("42/fix") == std::nullopt);
  CHECK(task_in_name("99999999999999999999-x") == std::nullopt);
  CHECK(task_in_name("") == std::nullopt);
}

}  // namespace taskman::test
