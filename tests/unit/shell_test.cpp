#include "common/util/shell.hpp"

#include "support/catch.hpp"

namespace taskman::util {

TEST_CASE(
    "a word for the shell: plain as it is, else quoted so that nothing in it means anything") {
  CHECK(shell_word("web") == "web");
  CHECK(shell_word("unix:/run/user/1000/x.sock") == "unix:/run/user/1000/x.sock");
  CHECK(shell_word("") == "''");
  CHECK(shell_word("No Such") == "'No Such'");
  CHECK(shell_word("a; touch b") == "'a; touch b'");
  CHECK(shell_word("$(x) `y` \"z\"") == "'$(x) `y` \"z\"'");
  CHECK(shell_word("it's") == "'it'\\''s'");
  CHECK(shell_word("~") == "'~'");
}

}  // namespace taskman::util
