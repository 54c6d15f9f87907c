#include "daemon/domain/validation.hpp"

#include <algorithm>
#include <functional>

#include "support/catch.hpp"

namespace taskman::domain {

using namespace std::chrono_literals;
using test::ContainsSubstring;

namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

model::TaskFields task() {
  model::TaskFields fields;
  fields.title = "Fix login";
  return fields;
}

model::SprintFields sprint() {
  model::SprintFields fields;
  fields.name = "Sprint A";
  return fields;
}

/// `title has …`: the problems of a good thing after one change, empty when there are none.
template <typename Fields, typename Change>
std::string after(Fields fields, Change change) {
  change(fields);
  std::string all;
  for (const auto& problem : problems_of(fields))
    all += problem.name + " " + problem.message + "\n";
  return all;
}

std::string with_title(const std::string& title) {
  return after(task(), [&](auto& fields) { fields.title = title; });
}

std::string with_name(const std::string& name) {
  return after(sprint(), [&](auto& fields) { fields.name = name; });
}

}  // namespace

TEST_CASE("a title is one line of 1 to 500 characters") {
  CHECK(with_title("x").empty());
  CHECK(with_title("  kept as it is  ").empty());
  CHECK(with_title(repeated("🎉", 500)).empty());
  CHECK_THAT(with_title(repeated("x", 501)),
             ContainsSubstring("title has 501 characters, at most 500"));
  CHECK(with_title("") == "title is empty\n");
  CHECK(with_title(" \t ") == "title is blank\n");
  CHECK(with_title("a\nb") == "title contains the control character U+000A\n");
  CHECK(with_title("a\x1b[31m") == "title contains the control character U+001B\n");
  CHECK(with_title("a\xE2\x80\xAE") == "title contains the control character U+202E\n");
  CHECK(with_title("a\xFF") == "title is not valid UTF-8\n");
}

TEST_CASE("what cannot be seen is no title, no name and no comment") {
  // Zero width space, soft hyphen, word joiner, byte order mark, no-break and ideographic space,
  // Hangul filler, braille without a dot, and a combination.
  for (const std::string text : {"\u200b", "\u00ad", "\u2060", "\ufeff", "\u00a0", "\u3000",
                                 "\u3164", "\u2800", " \u200b\u2003\u00ad\t", "\ufe0f\u200d"}) {
    CAPTURE(text);
    CHECK(with_title(text) == "title is blank\n");
    CHECK(with_name(text) == "name is blank\n");
    CHECK(problems_of(model::Project{.key = "web", .name = text}).size() == 1);
    CHECK(problems_of_comment(text).size() == 1);
  }
  for (const std::string text : {"\u200bx", "\u00e9", "\u5199", "\U0001f600", "-"})
    CHECK(with_title(text).empty());
}

TEST_CASE("a body is up to 64 KiB of lines") {
  const auto with_body = [](const std::string& body) {
    return after(task(), [&](auto& fields) { fields.body = body; });
  };
  CHECK(with_body("").empty());
  CHECK(with_body("one\r\n\ttwo\n").empty());
  CHECK(with_body(std::string(64 * 1024, 'x')).empty());
  CHECK_THAT(with_body(std::string(64 * 1024 + 1, 'x')), ContainsSubstring("body has 65537 bytes"));
  CHECK_THAT(with_body(std::string("a\0b", 3)), ContainsSubstring("U+0000"));
  CHECK_THAT(with_body("\xC0\xAF"), ContainsSubstring("not valid UTF-8"));
}

TEST_CASE("labels and names are words") {
  const auto with_labels = [](std::vector<std::string> labels) {
    return after(task(), [&](auto& fields) { fields.labels = std::move(labels); });
  };
  CHECK(with_labels({"api", "größe", "a:b"}).empty());
  CHECK(with_labels({repeated("x", 100)}).empty());
  CHECK_THAT(with_labels({"needs review"}), ContainsSubstring("'needs review' contains a space"));
  CHECK_THAT(with_labels({"a,b"}), ContainsSubstring("a comma"));
  CHECK_THAT(with_labels({""}), ContainsSubstring("labels is empty"));
  CHECK_THAT(with_labels({repeated("x", 101)}), ContainsSubstring("101 characters"));
  CHECK_THAT(with_labels(std::vector<std::string>(51, "a")), ContainsSubstring("labels are 51"));
}

TEST_CASE("points, blockers, external ids and projects have their bounds") {
  const auto wrong = [](const std::function<void(model::TaskFields&)>& change) {
    return after(task(), change);
  };
  CHECK(wrong([](auto& f) { f.points = 1000; }).empty());
  CHECK(wrong([](auto& f) { f.points = 1001; }) == "points is 1001, and must be from 0 to 1000\n");
  CHECK(wrong([](auto& f) { f.points = -1; }) == "points is -1, and must be from 0 to 1000\n");
  CHECK_THAT(wrong([](auto& f) { f.blocked_by.resize(101); }),
             ContainsSubstring("blocked_by are 101"));
  CHECK(wrong([](auto& f) { f.external_id = "github:o/r#12"; }).empty());
  CHECK_THAT(wrong([](auto& f) { f.external_id = std::string(201, 'x'); }),
             ContainsSubstring("external_id has 201"));
  CHECK(wrong([](auto& f) { f.project = "web-2.x_y"; }).empty());
  CHECK_THAT(wrong([](auto& f) { f.project = "-web"; }),
             ContainsSubstring("project '-web' is not"));
  CHECK_THAT(wrong([](auto& f) { f.project = "a b"; }), ContainsSubstring("project 'a b' is not"));
}

TEST_CASE("a reason belongs to a blocked task") {
  const auto reason = [](model::Status status) {
    return after(task(), [&](auto& fields) {
      fields.status = status;
      fields.blocked_reason = "no key";
    });
  };
  CHECK(reason(model::Status::kBlocked).empty());
  CHECK(reason(model::Status::kTodo) == "blocked_reason is given, but the task is todo\n");
}

TEST_CASE("everything wrong is told at once, the first by name") {
  model::TaskFields fields = task();
  fields.title = "";
  fields.points = -1;
  try {
    check(fields);
    FAIL("accepted");
  } catch (const error::Error& error) {
    CHECK(error.code() == error::Code::kInvalidValue);
    CHECK(error.message() == "title is empty");
    CHECK_THAT(error.hint(), ContainsSubstring("also: points is -1"));
    CHECK(error.fields() ==
          Problems{{"title", "is empty"}, {"points", "is -1, and must be from 0 to 1000"}});
  }
  CHECK_NOTHROW(check(task()));
}

TEST_CASE("a sprint's name is neither a number nor a word with a meaning") {
  for (const auto name : {"Sprint A", "2026-11", "42nd", "sprint 42"})
    CHECK(with_name(name).empty());
  for (const auto name : {"42", "#42", "-1", "current", "NEXT", "prev", "none", "", " "}) {
    CAPTURE(name);
    CHECK_FALSE(with_name(name).empty());
  }
}

TEST_CASE("a sprint's days, zone and capacity") {
  const auto wrong = [](const std::function<void(model::SprintFields&)>& change) {
    return after(sprint(), change);
  };
  const auto days = [&](util::Date start, util::Date end) {
    return wrong([&](auto& fields) {
      fields.start = start;
      fields.end = end;
    });
  };
  CHECK(days(2026y / 11 / 23, 2026y / 11 / 23).empty());
  CHECK(days(2026y / 11 / 23, 2026y / 11 / 22) == "end is before the start\n");
  CHECK_THAT(days(2026y / 2 / 30, 2026y / 3 / 1), ContainsSubstring("start is not a day"));
  for (const auto zone : {"UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5"}) {
    CHECK(wrong([&](auto& fields) { fields.tz = zone; }).empty());
  }
  for (const auto zone : {"", "/etc/passwd", "../x", "a b", "Europe//Berlin", "Europe/"}) {
    CAPTURE(zone);
    CHECK_FALSE(wrong([&](auto& fields) { fields.tz = zone; }).empty());
  }
  CHECK_FALSE(wrong([](auto& fields) { fields.capacity = -1; }).empty());
}

TEST_CASE("a project's key, a comment's text, an actor's name") {
  model::Project project{.key = "web", .name = "The web"};
  CHECK(problems_of(project).empty());
  project.key = "None";
  CHECK_FALSE(problems_of(project).empty());
  project.key = "";
  CHECK_FALSE(problems_of(project).empty());
  CHECK(problems_of_comment("one\ntwo").empty());
  CHECK(problems_of_comment(" \n ").at(0).message == "is empty");
  CHECK(problems_of_actor("ann@host").empty());
  CHECK(problems_of_actor("a\nb").at(0).name == "actor");
}

TEST_CASE("lists are sorted and without doubles, empty texts are none") {
  model::TaskFields fields = task();
  fields.labels = {"b", "a", "b"};
  fields.blocked_by = {{9}, {3}, {9}};
  fields.assignee = "";
  normalise(fields);
  CHECK(fields.labels == std::vector<std::string>{"a", "b"});
  CHECK(fields.blocked_by == std::vector<model::TaskId>{{3}, {9}});
  CHECK(fields.assignee == std::nullopt);
}

}  // namespace taskman::domain
