// Objects by field, URL paths.

#include "common/error/error.hpp"
#include "common/wire/json.hpp"
#include "common/wire/paths.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

constexpr std::string_view kObject =
    R"({"id":7,"title":"a \"b\"","labels":["x","y"],"points":null,"lease":{"h":1}})";

TEST_CASE("wire: fields as people read them") {
  CHECK(wire::field_text(kObject, "id") == "7");
  CHECK(wire::field_text(kObject, "title") == "a \"b\"");
  CHECK(wire::field_text(kObject, "labels") == "x,y");
  CHECK(wire::field_text(kObject, "points") == "");
  CHECK(wire::field_text(kObject, "lease") == R"({"h":1})");
  CHECK_FALSE(wire::field_text(kObject, "nope"));
  CHECK(wire::value_text(R"([{"a":1},{"a":2}])") == R"([{"a":1},{"a":2}])");
  CHECK(wire::field_names(kObject) ==
        std::vector<std::string>{"id", "title", "labels", "points", "lease"});
}

TEST_CASE("wire: fields are selected in the order asked for") {
  CHECK(wire::select_fields(kObject, {"title", "id"}) == R"({"title":"a \"b\"","id":7})");
  try {
    wire::select_fields(kObject, {"titel"});
    FAIL("an unknown field was taken");
  } catch (const error::Error& failure) {
    CHECK(failure.code() == error::Code::kInvalidValue);
    CHECK(failure.message() == "unknown field 'titel'");
    CHECK(failure.hint() == "did you mean title? known fields: id, title, labels, points, lease");
  }
}

TEST_CASE("wire: an object is its members") {
  CHECK(wire::object_of(wire::members_of(kObject)) == kObject);
  CHECK(wire::members_of("{}").empty());
}

TEST_CASE("wire: text that is not UTF-8 is mended when it is quoted") {
  CHECK(wire::quote("a\xff"
                    "b\xe2\x82") ==
        "\"a\xEF\xBF\xBD"
        "b\xEF\xBF\xBD\xEF\xBF\xBD\"");
  CHECK(wire::quote("\x1f\b\f\n\r\t\"\\é") == R"("\u001f\b\f\n\r\t\"\\é")");
}

TEST_CASE("wire: paths encode what a URL cannot hold") {
  CHECK(wire::task_path({42}) == "/api/v1/tasks/42");
  CHECK(wire::task_path({42}, "done") == "/api/v1/tasks/42/done");
  CHECK(wire::sprint_path("Sprint 1/ü", "progress") ==
        "/api/v1/sprints/Sprint%201%2F%C3%BC/progress");
  CHECK(wire::project_path("web") == "/api/v1/projects/web");
}

}  // namespace
}  // namespace taskman::test
