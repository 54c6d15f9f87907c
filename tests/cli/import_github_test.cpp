// What `gh issue list --json …` prints becomes records.

#include "cli/import_support.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

constexpr std::string_view kIssue =
    R"({"assignees":[{"id":"1","login":"ana","name":"Ana"},{"login":"bob"}],"author":{"login":"eve"},)"
    R"("body":"It breaks.\r\n\r\nOften.","closedAt":null,"comments":[{"author":{"login":"bob"},)"
    R"("body":"me too","createdAt":"2026-11-02T10:00:00Z"}],"createdAt":"2026-11-01T10:00:00Z",)"
    R"("labels":[{"name":"bug","color":"f00"},{"name":"good first issue"}],"milestone":{"title":"v1.0","number":1},)"
    R"("number":12,"state":"OPEN","stateReason":"","title":"Login fails","updatedAt":"2026-11-03T10:00:00Z",)"
    R"("url":"https://github.com/owner/repo/issues/12"})";

TEST_CASE("import github: an issue and its comments") {
  CHECK(
      shown("github", "[" + std::string(kIssue) + "]") ==
      Lines{
          R"(1: {"kind":"task","title":"Login fails","body":"It breaks.\r\n\r\nOften.\n\n```github\n)"
          R"(labels: [\"bug\",\"good first issue\"]\nmilestone: {\"title\":\"v1.0\",\"number\":1}\n)"
          R"(assignees: [{\"id\":\"1\",\"login\":\"ana\",\"name\":\"Ana\"},{\"login\":\"bob\"}]\nauthor: \"eve\"\n)"
          R"(url: \"https://github.com/owner/repo/issues/12\"\n```","assignee":"ana",)"
          R"("labels":["bug","good-first-issue","milestone:v1.0"],"external_id":"github:owner/repo#12",)"
          R"("created_at":"2026-11-01T10:00:00.000Z","updated_at":"2026-11-03T10:00:00.000Z"})",
          R"(1: {"kind":"comment","task":"github:owner/repo#12","author":"bob","text":"me too",)"
          R"("at":"2026-11-02T10:00:00.000Z"})"});
}

std::string issue_with(const std::string& members) {
  return shown("github", R"({"title":"x","url":"https://github.com/o/r/issues/1",)" + members + "}")
      .back();
}

TEST_CASE("import github: closed is done, or dropped when it was not planned") {
  CHECK_THAT(
      issue_with(R"("state":"CLOSED","stateReason":"COMPLETED","closedAt":"2026-11-04T10:00:00Z")"),
      ContainsSubstring(R"("status":"done")") &&
          ContainsSubstring(R"("closed_at":"2026-11-04T10:00:00.000Z")"));
  CHECK_THAT(issue_with(R"("state":"CLOSED","stateReason":"NOT_PLANNED")"),
             ContainsSubstring(R"("status":"dropped")"));
  CHECK_THAT(issue_with(R"("state":"OPEN","stateReason":"REOPENED")"),
             ContainsSubstring(R"("status":"todo")"));
  CHECK_THAT(issue_with(R"("state":"OPEN")"), !ContainsSubstring("status"));
  CHECK(issue_with(R"("state":"MOVED")") == R"(1! state: "MOVED" is not one of OPEN, CLOSED)");
}

TEST_CASE("import github: the address gives the name, another host is part of it") {
  const auto id_of = [](const std::string& url) {
    return shown("github", R"({"title":"x","url":")" + url + "\"}").back();
  };
  CHECK_THAT(id_of("https://git.example.org/o/r/issues/3"),
             ContainsSubstring("github:git.example.org/o/r#3"));
  CHECK_THAT(id_of("https://github.com/o/r/pull/3"), ContainsSubstring("github:o/r#3"));
  for (const auto* url :
       {"", "nonsense", "https://", "https://x/", "https://github.com/o/r/issues/x", "/", "a/1"}) {
    CHECK_THAT(id_of(url), ContainsSubstring("! url: "));
  }
}

TEST_CASE("import github: a record without a title is named by its line") {
  CHECK(shown("github",
              "[{\"title\":\"x\",\"url\":\"https://github.com/o/r/issues/1\"},\n{\"number\":2}]")
            .back() == "2! title: null is not a string");
  CHECK(shown("github", R"({"title":"","url":"https://github.com/o/r/issues/1"})") ==
        std::vector<std::string>{"1! title is blank"});
}

}  // namespace
}  // namespace taskman::test
