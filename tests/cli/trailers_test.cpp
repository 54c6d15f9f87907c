// Tasks that a commit's message names.

#include "cli/git/trailers.hpp"

#include <string>

#include "support/catch.hpp"

namespace taskman::test {
namespace {

using git::Act;
using git::Mention;
using git::mentions_in_message;
using git::mentions_of;
using Tasks = std::vector<Mention>;

}  // namespace

TEST_CASE("Closes and Fixes close, Refs mentions, in any case of letters") {
  CHECK(mentions_of("Closes: #42\nfixes: #7\nREFS: #9\n").tasks ==
        Tasks{{"Closes", Act::kClose, 42}, {"fixes", Act::kClose, 7}, {"REFS", Act::kMention, 9}});
}

TEST_CASE("a trailer names several tasks, each counts once, closing outweighs") {
  CHECK(mentions_of("Refs: #2\nCloses: #1, #2 #1; #3.\n").tasks ==
        Tasks{{"Closes", Act::kClose, 2}, {"Closes", Act::kClose, 1}, {"Closes", Act::kClose, 3}});
}

TEST_CASE("what other people write in trailers is left alone") {
  const auto mentions = mentions_of(
      "Signed-off-by: A <a@b.c>\nFixes: 54a4f0239f2e (\"KVM: MMU\")\nFixes: owner/repo#12\n"
      "Fixes: 54a4f0239f2e\nCloses: https://example.org/issues/42\nFixes: order of #include and "
      "#define\n"
      "Closes: 2 of the leaks\nFixes: bugs 3, 4\nRefs: TASK-1\nRefs: tasks of 2019\n");
  CHECK(mentions.tasks.empty());
  CHECK(mentions.unclear.empty());
}

TEST_CASE("what is almost a task is none, and is told") {
  using Texts = std::vector<std::string>;
  const auto mentions = mentions_of(
      "Closes: 42\nFixes: 12x\nRefs: #1abc\nCloses:\nCloses: #0, #99999999999999999999\n");
  CHECK(mentions.unclear == Texts{"Closes: 42", "Fixes: 12x", "Refs: #1abc",
                                  "Closes:", "Closes: #0, #99999999999999999999"});
  CHECK(mentions.tasks.empty());
}

TEST_CASE("several that are almost tasks are told as they are written") {
  for (const std::string value :
       {"3, 4", "#abc", "##1", "# 1", "#", "task-1", "#x, #, #-1", "3; 4."}) {
    const auto mentions = mentions_of("Closes: " + value + "\n");
    CAPTURE(value);
    CHECK(mentions.unclear == std::vector<std::string>{"Closes: " + value});
    CHECK(mentions.tasks.empty());
  }
}

TEST_CASE("a task beside what is almost one counts") {
  const auto mentions = mentions_of("Closes: #1abc, #2\n");
  CHECK(mentions.unclear == std::vector<std::string>{"Closes: #1abc"});
  CHECK(mentions.tasks == Tasks{{"Closes", Act::kClose, 2}});
  const auto more = mentions_of("Closes: 2, #1 4\nFixes: #3 as in ##5\nFixes: #6 of 2019\n");
  CHECK(more.unclear == std::vector<std::string>{"Closes: 2", "Closes: 4", "Fixes: ##5"});
  CHECK(more.tasks ==
        Tasks{{"Closes", Act::kClose, 1}, {"Fixes", Act::kClose, 3}, {"Fixes", Act::kClose, 6}});
}

TEST_CASE("trailers are where git sees them") {
  const Tasks closes_42{{"Closes", Act::kClose, 42}};
  CHECK(mentions_in_message("Fix login\n\nCloses: #42\n").tasks == closes_42);
  CHECK(mentions_in_message("Closes: #42").tasks == closes_42);
  CHECK(mentions_in_message("Fix login\n\nOne\n---\ntwo\n\nCloses: #42\n").tasks == closes_42);
  CHECK(mentions_in_message("Fix login\n\nCloses: #1\n\nAnd much more.\n").tasks.empty());
  CHECK(mentions_in_message("Fix login\n\nThis closes: #1\n").tasks.empty());
  CHECK(mentions_in_message("").tasks.empty());
}

TEST_CASE("comments and a diff below the scissors are no part of the message") {
  const std::string message =
      "Fix login\n\nCloses: #42\n\n# Please enter the message\n#\n# Closes: #98\n"
      "# ------------------------ >8 ------------------------\n"
      "# Do not modify\ndiff --git a/x b/x\n+\n+Closes: #99\n";
  CHECK(mentions_in_message(message).tasks == Tasks{{"Closes", Act::kClose, 42}});
}

}  // namespace taskman::test
