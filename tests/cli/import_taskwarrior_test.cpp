// What `task export` prints becomes records, and nothing of it is lost.

#include "cli/import/export.hpp"
#include "cli/import_support.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

constexpr std::string_view kUuid = "87c41684-ac86-4290-9d68-648b78f23781";

std::string task_with(const std::string& attributes) {
  return "[\n{\"uuid\":\"" + std::string(kUuid) +
         "\",\"description\":\"Buy milk\",\"entry\":\"20261101T100000Z\"," +
         R"("modified":"20261102T100000Z",)" + attributes + "}\n]\n";
}

std::string line_of(const std::string& attributes) {
  return shown("taskwarrior", task_with(attributes)).back();
}

TEST_CASE("import taskwarrior: a pending task, its project and its annotation") {
  CHECK(
      shown("taskwarrior",
            task_with(
                R"("id":1,"due":"20261124T000000Z","priority":"H","project":"Home.Kitchen",)"
                R"("status":"pending","tags":["shop"],"urgency":25.4,)"
                R"("annotations":[{"entry":"20261103T100000Z","description":"hello \"you\""}])")) ==
      Lines{
          R"(2: {"kind":"project","key":"Home.Kitchen"})",
          R"(2: {"kind":"task","title":"Buy milk","body":"","status":"todo","priority":"p1","project":"Home.Kitchen",)"
          R"("labels":["shop"],"due":"2026-11-24T00:00:00.000Z","blocked_by":[],"blocked_reason":null,)"
          R"("external_id":"taskwarrior:87c41684-ac86-4290-9d68-648b78f23781",)"
          R"("created_at":"2026-11-01T10:00:00.000Z","updated_at":"2026-11-02T10:00:00.000Z"})",
          R"(2: {"kind":"comment","task":"taskwarrior:87c41684-ac86-4290-9d68-648b78f23781",)"
          R"("author":"taskwarrior","text":"hello \"you\"","at":"2026-11-03T10:00:00.000Z"})"});
}

TEST_CASE("import taskwarrior: every status has its own") {
  const auto has = [](const std::string& attributes, const std::string& part) {
    CHECK_THAT(line_of(attributes), ContainsSubstring(part));
  };
  has(R"("status":"pending")", R"("status":"todo")");
  has(R"("status":"pending","start":"20261102T100000Z")", R"("status":"in_progress")");
  has(R"("status":"completed","end":"20261102T100000Z")", R"("status":"done")");
  has(R"("status":"completed","end":"20261102T100000Z")",
      R"("closed_at":"2026-11-02T10:00:00.000Z")");
  has(R"("status":"deleted","end":"20261102T100000Z")", R"("status":"dropped")");
  has(R"("status":"waiting","wait":"20270101T000000Z")",
      R"("blocked_reason":"waiting until 2027-01-01T00:00:00.000Z")");
  has(R"("status":"pending","wait":"20270101T000000Z")", R"("status":"blocked")");
  has(R"("status":"pending","wait":"20200101T000000Z")", R"("status":"todo")");
  has(R"("status":"recurring","recur":"weekly")", R"("labels":["recurring"])");
  CHECK(line_of(R"("status":"lost")") ==
        R"(2! status: "lost" is not one of pending, waiting, recurring, completed, deleted)");
}

TEST_CASE("import taskwarrior: what has no home is kept in the body") {
  CHECK_THAT(
      line_of(R"("status":"recurring","recur":"weekly","until":"20270101T000000Z","mask":"X-",)"
              R"("estimate":3.5,"client":"ACME & \"Co\"")"),
      ContainsSubstring(
          R"("body":"```taskwarrior\nrecur: \"weekly\"\nuntil: \"20270101T000000Z\"\n)"
          R"(mask: \"X-\"\nestimate: 3.5\nclient: \"ACME & \\\"Co\\\"\"\n```")"));
  CHECK_THAT(line_of(R"("status":"pending","priority":"M")"),
             ContainsSubstring(R"(\npriority: \"M\"\n)"));
  CHECK_THAT(line_of(R"("status":"pending","project":"My Project")"),
             ContainsSubstring(R"(\nproject: \"My Project\"\n)"));
  CHECK_THAT(line_of(R"("status":"pending","tags":["a b"])"),
             ContainsSubstring(R"("labels":["a-b"])"));
}

TEST_CASE("import taskwarrior: a title that does not fit is cut, and kept whole in the body") {
  const std::string title(600, 'x');
  const auto line =
      shown("taskwarrior", R"([{"uuid":"u","status":"pending","description":")" + title + R"("}])")
          .back();
  CHECK_THAT(line, ContainsSubstring(R"("title":")" + std::string(499, 'x') + "…\""));
  CHECK_THAT(line, ContainsSubstring(R"(description: \")" + title));
  CHECK_THAT(line_of(R"("status":"pending","description":"a\u001bb")"),
             ContainsSubstring(R"("title":"a\\x1bb")"));
}

TEST_CASE("import taskwarrior: an emoji in two halves is made whole, other bad bytes are refused") {
  CHECK_THAT(line_of("\"status\":\"pending\",\"description\":\"go \xED\xA0\xBD\xED\xBA\x80!\""),
             ContainsSubstring("\"title\":\"go 🚀!\""));
  for (const auto* bytes : {"\xED\xA0\xBD", "\xED\xBA\x80", "\xED", "\xED\xA0\xBD\xED\xA0\xBD"}) {
    CHECK(line_of("\"status\":\"pending\",\"client\":\"" + std::string(bytes) + "\"") ==
          "2! record is not valid UTF-8");
  }
  CHECK_THAT(line_of("\"status\":\"pending\",\"description\":\"한\""),
             ContainsSubstring("\"title\":\"한\""));
}

TEST_CASE("import taskwarrior: dependencies are an array or a text, on tasks of the file") {
  const std::string other = R"({"uuid":"b","status":"pending","description":"B"},)";
  const auto depends = [&](const std::string& value) {
    return shown("taskwarrior",
                 "[" + other + R"({"uuid":"a","status":"pending","description":"A","depends":)" +
                     value + "}]")
        .back();
  };
  CHECK_THAT(depends(R"(["b"])"), ContainsSubstring(R"("blocked_by":["taskwarrior:b"])"));
  CHECK_THAT(depends(R"("b,gone")"), ContainsSubstring(R"("blocked_by":["taskwarrior:b"])"));
  CHECK_THAT(depends(R"("b,gone")"), ContainsSubstring(R"(depends: [\"gone\"])"));
}

TEST_CASE("import taskwarrior: lines without an array, and broken ones among good ones") {
  const std::string good = R"({"uuid":"a","status":"pending","description":"A"})";
  CHECK(shown("taskwarrior", good + "\n" + good + "\n").size() == 2);
  const auto lines = shown("taskwarrior", "[\n" + good + ",\n{\"uuid\":\n" + good + "\n]\n");
  REQUIRE(lines.size() == 3);
  CHECK(lines[1] == "3! object is not the expected JSON: byte 9");
  CHECK_THAT(lines[2], StartsWith("4: {"));
  CHECK(shown("taskwarrior", R"([{"status":"pending","description":"A"}])") ==
        Lines{"1! uuid is missing"});
  CHECK(shown("taskwarrior", R"([{"uuid":"a","status":"pending","description":" "}])") ==
        Lines{"1! description is blank"});
  CHECK(shown("taskwarrior", R"([{"uuid":"a","status":"pending"}])") ==
        Lines{"1! description is missing"});
  CHECK(shown("taskwarrior", R"([{"uuid":"a","due":"x","description":"A"}])") ==
        Lines{R"(1! due: "x" is not a time)"});
  CHECK(shown("taskwarrior", "").empty());
  CHECK(shown("taskwarrior", "[]").empty());
}

TEST_CASE("export taskwarrior: attributes go back as they came") {
  const auto task =
      line_of(R"("status":"recurring","recur":"weekly","estimate":3.5,"project":"My Project",)"
              R"("tags":["a b"],"priority":"M","due":"20270101T000000Z")");
  // As the store would export it: the record with an id.
  const auto exported = R"({"kind":"task","id":1,)" + task.substr(task.find("\"title\""));
  CHECK(
      transfer::to_taskwarrior(exported, "store", {}) ==
      R"([
{"recur":"weekly","estimate":3.5,"project":"My Project","tags":["a b"],"priority":"M",)"
      R"("uuid":"87c41684-ac86-4290-9d68-648b78f23781","description":"Buy milk","status":"recurring",)"
      R"("entry":"20261101T100000Z","modified":"20261102T100000Z","due":"20270101T000000Z"}
]
)");
}

TEST_CASE("export taskwarrior: a task of our own has the same uuid every time") {
  const std::string task =
      R"({"kind":"task","id":7,"title":"x","body":"text","status":"review","priority":"p0",)"
      R"("points":3,"created_at":"2026-11-01T10:00:00.000Z","updated_at":"2026-11-01T10:00:00.000Z"})";
  const auto first = transfer::to_taskwarrior(task, "store", {});
  CHECK(first == transfer::to_taskwarrior(task, "store", {}));
  CHECK(first != transfer::to_taskwarrior(task, "other", {}));
  const auto back = shown("taskwarrior", first).back();
  CHECK_THAT(back,
             ContainsSubstring(R"("title":"x","body":"text","status":"review","priority":"p0")"));
  CHECK_THAT(back, ContainsSubstring(R"("points":3)"));
}

}  // namespace
}  // namespace taskman::test
