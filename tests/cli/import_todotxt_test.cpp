// Lines of todo.txt become tasks.

#include "cli/import_support.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

std::string line_of(const std::string& line) { return shown("todotxt", line).back(); }

TEST_CASE("import todotxt: marks, days and tags") {
  CHECK(
      shown("todotxt", "(A) 2026-11-01 Call Mom +family @phone due:2026-11-24 rec:1w\n") ==
      Lines{
          R"(1: {"kind":"project","key":"family"})",
          R"(1: {"kind":"task","title":"Call Mom","body":"```todotxt\nrec: \"1w\"\n```","status":"todo",)"
          R"("priority":"p0","project":"family","labels":["phone"],"due":"2026-11-24T23:59:59.000Z",)"
          R"("external_id":"todotxt:)" +
              line_of("Call Mom +family @phone due:2026-11-24 rec:1w")
                  .substr(
                      line_of("Call Mom +family @phone due:2026-11-24 rec:1w").find("todotxt:") + 8,
                      16) +
              R"(","created_at":"2026-11-01T00:00:00.000Z"})"});
}

TEST_CASE("import todotxt: priorities") {
  CHECK_THAT(line_of("(B) x"), ContainsSubstring(R"("priority":"p1")"));
  CHECK_THAT(line_of("(C) x"), ContainsSubstring(R"("priority":"p2")"));
  CHECK_THAT(line_of("(D) x"), ContainsSubstring(R"("priority":"p3")"));
  CHECK_THAT(line_of("(Z) x"),
             ContainsSubstring(R"("priority":"p3")") && ContainsSubstring("pri:Z"));
  CHECK_THAT(line_of("x"), ContainsSubstring("! task: title is missing"));
  CHECK_THAT(line_of("no mark"), ContainsSubstring(R"("priority":"p2")"));
}

TEST_CASE("import todotxt: completion with one day or two") {
  CHECK_THAT(
      line_of("x 2026-11-02 2026-11-01 done it pri:A"),
      ContainsSubstring(R"("title":"done it")") &&
          ContainsSubstring(R"("status":"done","priority":"p0")") &&
          ContainsSubstring(
              R"("created_at":"2026-11-01T00:00:00.000Z","closed_at":"2026-11-02T00:00:00.000Z")"));
  CHECK_THAT(line_of("x 2026-11-02 done it"), ContainsSubstring(R"("closed_at":"2026-11-02)"));
  CHECK_THAT(line_of("xylophone lesson"),
             ContainsSubstring(R"("title":"xylophone lesson","body":"","status":"todo")"));
  CHECK_THAT(line_of("2026-11-01 2026-12-24 is a day"),
             ContainsSubstring(R"("title":"2026-12-24 is a day")"));
}

TEST_CASE("import todotxt: tags within a sentence stay in it") {
  CHECK_THAT(line_of("Ask @ana about +web and http://x.org/a:b at 10:30"),
             ContainsSubstring(R"("title":"Ask @ana about +web and http://x.org/a:b at 10:30")") &&
                 ContainsSubstring(R"("project":"web","labels":["ana"])"));
  CHECK_THAT(line_of("+web @home"), ContainsSubstring(R"("title":"+web @home")"));
  CHECK_THAT(line_of("a + b @ c"), ContainsSubstring(R"("title":"a + b @ c")"));
}

std::string id_of(const std::string& shown_line) {
  const auto start = shown_line.find("\"external_id\":\"") + 15;
  return shown_line.substr(start, shown_line.find('"', start) - start);
}

TEST_CASE("import todotxt: a line is the same task when it is done or gets another priority") {
  const auto id = id_of(line_of("Call Mom +family"));
  CHECK(id_of(line_of("x 2026-11-02 2026-11-01 Call Mom +family")) == id);
  CHECK(id_of(line_of("(A) Call Mom +family")) == id);
  CHECK(id_of(line_of("x 2026-11-02 Call Mom +family pri:A")) == id);
  CHECK(id_of(line_of("Call Dad +family")) != id);
  CHECK(id_of(line_of("anything external_id:abc")) == "abc");
  const auto twice = shown("todotxt", "same\nsame\n");
  CHECK(id_of(twice[1]) == id_of(twice[0]) + "-2");
}

TEST_CASE("import todotxt: blank lines and bytes that are no text") {
  CHECK(shown("todotxt", "\n  \r\n").empty());
  CHECK(shown("todotxt", "a\n\xff\n").back() == "2! line is not valid UTF-8");
}

}  // namespace
}  // namespace taskman::test
