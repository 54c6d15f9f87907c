// Tables by RFC 4180, our own lines, and the table that is written.

#include "cli/import/csv_table.hpp"
#include "cli/import/export.hpp"
#include "cli/import_support.hpp"
#include "common/error/error.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

TEST_CASE("import csv: the first row names the fields, an empty cell is not given") {
  CHECK(
      shown("csv",
            "title,priority,points,labels,sprint,blocked_by\r\n"
            "\"Fix, \"\"now\"\"\",high,3,\"b, a\",Sprint 1,7\r\n"
            "Plain,,,,12,\r\n") ==
      Lines{
          R"(2: {"kind":"task","title":"Fix, \"now\"","priority":"p1","sprint":"Sprint 1","labels":["a","b"],)"
          R"("points":3,"blocked_by":[7]})",
          R"(3: {"kind":"task","title":"Plain","sprint":12})"});
}

TEST_CASE("import csv: line ends within quotes count as lines") {
  const auto lines = shown("csv", "title,body\nA,\"one\ntwo\"\nB,x\n,x\n");
  REQUIRE(lines.size() == 3);
  CHECK(lines[0] == R"(2: {"kind":"task","title":"A","body":"one\ntwo"})");
  CHECK_THAT(lines[1], StartsWith("4: "));
  CHECK(lines[2] == "5! task: title is missing");
}

TEST_CASE("import csv: semicolons and tabs separate as well, a byte order mark is no name") {
  CHECK(shown("csv", "\xEF\xBB\xBFtitle;points\nA;3\n") ==
        Lines{R"(2: {"kind":"task","title":"A","points":3})"});
  CHECK(shown("csv", "title\tpoints\nA\t3\n") ==
        Lines{R"(2: {"kind":"task","title":"A","points":3})"});
}

TEST_CASE("import csv: what is wrong is named") {
  const auto refusal = [](std::string_view text) {
    try {
      shown("csv", text);
    } catch (const error::Error& failure) {
      return failure.message() + " | " + failure.hint();
    }
    return std::string("taken");
  };
  CHECK_THAT(
      refusal("titel\nx\n"),
      StartsWith("line 1: unknown column 'titel' | did you mean title? known columns: id, "));
  CHECK_THAT(refusal("points\n3\n"), StartsWith("line 1: there is no column 'title'"));
  CHECK_THAT(refusal("title\n\"open\n"), StartsWith("line 2: a quote is not closed"));
  CHECK(shown("csv", "title,points\nA,x\nB,1,2\nC,1.5\n") ==
        Lines{R"(2! points: "x" is not an integer)", "3! row has 3 cells, the header 2",
              R"(4! points: "1.5" is not an integer)"});
  CHECK(shown("csv", "title,status\nA,dnoe\n").front() ==
        "2! status: \"dnoe\" is not one of todo, in_progress, blocked, review, done, dropped (did "
        "you mean done)");
}

TEST_CASE("import jsonl: a line without a kind is a task") {
  CHECK(shown("jsonl",
              "{\"title\":\"a\"}\n\n{\"kind\":\"project\",\"key\":\"web\"}\r\n{\"titel\":\"b\"}"
              "\nnope\n{\"kind\":\"epic\"}") ==
        Lines{R"(1: {"kind":"task","title":"a"})", R"(3: {"kind":"project","key":"web"})",
              "4! task: unknown field 'titel' (did you mean title? known fields: kind, id, title, "
              "body, status, priority, "
              "project, sprint, parent, assignee, labels, points, due, blocked_by, blocked_reason, "
              "external_id, lease, "
              "ready, version, created_at, updated_at, started_at, closed_at)",
              "5! record is not JSON: unexpected text at byte 2",
              R"(6! kind: "epic" is not one of task, project, sprint, comment)"});
}

TEST_CASE("import: a request remembers where its lines came from") {
  const auto request =
      transfer::to_request(parsed("jsonl", "{\"title\":\"a\"}\nnope\n{\"title\":\"b\"}\n"));
  CHECK(request.body ==
        "{\"kind\":\"task\",\"title\":\"a\"}\n{\"kind\":\"task\",\"title\":\"b\"}\n");
  CHECK(request.places == std::vector<transfer::Place>{{1, 1}, {3, 3}});
  REQUIRE(request.problems.size() == 1);
  CHECK(request.problems[0].line == 2);
}

TEST_CASE("import: an unknown format lists the known ones") {
  try {
    parsed("jira", "");
    FAIL("an unknown format was taken");
  } catch (const error::Error& failure) {
    CHECK(failure.message() == "unknown format 'jira'");
    CHECK(failure.hint() == "one of taskwarrior, github, todotxt, csv, jsonl");
  }
}

TEST_CASE("csv: any cells come back, and none is a formula") {
  const std::vector<std::string> cells{"",     "a",  "=1+1", "+1", "-1",    "@x",     "'",  "'=x",
                                       "''-x", "'a", "\t",   "\"", "a,b;c", "a\r\nb", " x "};
  std::string text;
  transfer::put_row(text, std::vector<std::string>(cells.size(), "head"));
  transfer::put_row(text, cells);
  const auto rows = transfer::parse_table(text);
  REQUIRE(rows.size() == 2);
  std::vector<std::string> back;
  for (const auto& cell : rows[1].cells) {
    CHECK((cell.empty() ||
           std::string_view("=+-@\t\r").find(cell.front()) == std::string_view::npos));
    back.push_back(transfer::without_guard(cell));
  }
  CHECK(back == cells);
}

TEST_CASE("export csv: tasks with their sprint's name") {
  const auto table = transfer::to_csv(
      "{\"kind\":\"sprint\",\"id\":3,\"name\":\"Sprint 1\"}\n"
      "{\"kind\":\"task\",\"id\":7,\"title\":\"=cmd\",\"sprint\":3,\"labels\":[\"a\",\"b\"],"
      "\"created_at\":\"2026-11-01T10:00:00.000Z\",\"updated_at\":\"2026-11-01T10:00:00.000Z\"}\n"
      "{\"kind\":\"comment\",\"id\":1,\"task\":7,\"author\":\"a\",\"text\":\"t\",\"at\":\"2026-11-"
      "01T10:00:00.000Z\"}\n");
  CHECK(table ==
        "id,title,body,status,priority,project,sprint,parent,assignee,labels,points,due,blocked_by,"
        "blocked_reason,"
        "external_id,version,created_at,updated_at,started_at,closed_at\r\n"
        "7,'=cmd,,todo,p2,,Sprint "
        "1,,,\"a,b\",,,,,,1,2026-11-01T10:00:00.000Z,2026-11-01T10:00:00.000Z,,\r\n");
  CHECK(
      shown("csv", table) ==
      Lines{
          R"(2: {"kind":"task","id":7,"title":"=cmd","status":"todo","priority":"p2","sprint":"Sprint 1",)"
          R"("labels":["a","b"],"version":1,"created_at":"2026-11-01T10:00:00.000Z","updated_at":"2026-11-01T10:00:00.000Z"})"});
}

}  // namespace
}  // namespace taskman::test
