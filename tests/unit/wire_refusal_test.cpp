// What is refused, and what the refusal says.

#include <functional>
#include <string>

#include "common/wire/import.hpp"
#include "common/wire/json.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

using error::Code;

/// The error that `decode` throws.
error::Error refusal(const std::function<void()>& decode) {
  try {
    decode();
  } catch (const error::Error& failure) {
    return failure;
  }
  FAIL("nothing was refused");
  return {Code::kInternal, ""};
}

error::Error refused_task(const std::string& json) {
  return refusal([&] { wire::decode_new_task(json); });
}

error::Error refused_field(const std::string& member) {
  return refused_task(R"({"title":"x",)" + member + "}");
}

TEST_CASE("wire: what is not JSON is refused with the place") {
  for (const auto* json : {"{", "nope", R"({"title":"x"} x)", R"({"title":'x'})",
                           R"({"title":"x",})", "{\"title\":\"a\nb\"}", R"({"title":"\ud800"})"}) {
    const auto failure = refused_task(json);
    CHECK(failure.code() == Code::kMalformedRequest);
    CHECK_THAT(failure.message(), StartsWith("new task is not JSON: unexpected text at byte "));
  }
}

TEST_CASE("wire: a body that is no object is refused") {
  CHECK(refused_task("[]").message() == "new task: an array is not an object");
  CHECK(refused_task("7").message() == "new task: 7 is not an object");
}

TEST_CASE("wire: invalid UTF-8 is refused") {
  const auto failure = refused_task("{\"title\":\"\xff\"}");
  CHECK(failure.code() == Code::kMalformedRequest);
  CHECK(failure.message() == "new task is not valid UTF-8");
}

TEST_CASE("wire: a field given twice is refused") {
  const auto failure = refused_task(R"({"title":"x","title":"y"})");
  CHECK(failure.code() == Code::kMalformedRequest);
  CHECK(failure.message() == "new task has the field 'title' twice");
}

TEST_CASE("wire: deep nesting is refused, not followed") {
  const std::string deep = std::string(100'000, '[');
  CHECK(refused_task(deep).message() == "new task is nested deeper than 32 levels");
  CHECK(refusal([&] { wire::split_array(deep); }).code() == Code::kMalformedRequest);
}

TEST_CASE("wire: a body of very many values is refused before it grows") {
  std::string many = R"({"verb":"done","ids":[1)";
  for (int i = 0; i < 60'000; ++i) many += ",1";
  const auto failure = refusal([&] { wire::decode_bulk(many + "]}"); });
  CHECK(failure.code() == Code::kPayloadTooLarge);
}

TEST_CASE("wire: an object of very many fields is refused") {
  std::string many = "{";
  for (int i = 0; i < 1000; ++i) many += '"' + std::to_string(i) + "\":1,";
  CHECK(refused_task(many).message() == "new task has an object of more than 256 fields");
}

TEST_CASE("wire: an unknown field is named, with the known ones and the nearest") {
  const auto failure = refused_field(R"("titel":"y")");
  CHECK(failure.code() == Code::kMalformedRequest);
  CHECK(failure.message() == "new task: unknown field 'titel'");
  CHECK_THAT(failure.hint(), StartsWith("did you mean title? known fields: title, body, status, "));
  CHECK_THAT(failure.hint(), EndsWith("blocked_reason, external_id"));
  CHECK(failure.fields() == std::vector<error::Field>{{"titel", "unknown field"}});
}

TEST_CASE("wire: a missing field is named") {
  CHECK(refused_task("{}").message() == "new task: title is missing");
  CHECK(refused_task("").message() == "new task: title is missing");
  CHECK(refusal([] { wire::decode_new_sprint("{}"); }).message() == "new sprint: name is missing");
  CHECK(refusal([] { wire::decode_new_project("{}"); }).message() == "new project: key is missing");
  CHECK(refusal([] { wire::decode_new_comment("{}"); }).message() ==
        "new comment: text is missing");
  CHECK(refusal([] { wire::decode_bulk(R"({"ids":[1]})"); }).message() ==
        "bulk command: verb is missing");
  CHECK(refusal([] { wire::decode_bulk(R"({"verb":"done"})"); }).message() ==
        "bulk command: ids is missing");
  CHECK(refusal([] { wire::decode_import_record("{}"); }).message() == "task: title is missing");
  CHECK(refusal([] { wire::decode_import_record(R"({"kind":"comment","text":"x"})"); }).message() ==
        "comment: task is missing");
}

TEST_CASE("wire: a value of the wrong type is named with its field") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {R"("body":7)", "body: 7 is not a string"},
      {R"("body":null)", "body: null is not a string"},
      {R"("points":1.5)", "points: 1.5 is not an integer"},
      {R"("points":"3")", "points: \"3\" is not an integer"},
      {R"("points":1e2)", "points: 1e2 is not an integer"},
      {R"("points":99999999999999999999)", "points: 99999999999999999999 is not an integer"},
      {R"("points":18446744073709551615)", "points: 18446744073709551615 is not an integer"},
      {R"("parent":0)", "parent: 0 is not an id (1, 2, …)"},
      {R"("parent":true)", "parent: true is not an id (1, 2, …)"},
      {R"("sprint":{})", "sprint: an object is not a sprint (its id or name)"},
      {R"("sprint":-1)", "sprint: -1 is not an id (1, 2, …)"},
      {R"("labels":"api")", "labels: \"api\" is not an array"},
      {R"("labels":[1])", "labels: 1 is not a string"},
      {R"("blocked_by":["1"])", "blocked_by: \"1\" is not an id (1, 2, …)"},
      {R"("due":"soon")",
       "due: \"soon\" is not a time (RFC 3339) or a day (like 2026-11-23) of the years 0000 to "
       "9999"},
      {R"("due":"2026-02-30")",
       "due: \"2026-02-30\" is not a time (RFC 3339) or a day (like 2026-11-23) of the years 0000 "
       "to 9999"},
      {R"("priority":1)", "priority: 1 is not one of p0, p1, p2, p3"},
  };
  for (const auto& [member, message] : cases) {
    const auto failure = refused_field(member);
    CHECK(failure.code() == Code::kInvalidValue);
    CHECK(failure.message() == message);
    REQUIRE(failure.fields().size() == 1);
    CHECK(failure.fields()[0].name + ": " + failure.fields()[0].message == message);
  }
}

TEST_CASE("wire: an unknown word lists the vocabulary and the nearest") {
  const auto failure = refused_field(R"("status":"dnoe")");
  CHECK(failure.message() ==
        "status: \"dnoe\" is not one of todo, in_progress, blocked, review, done, dropped");
  CHECK(failure.hint() == "did you mean done");
}

TEST_CASE("wire: a number out of any range is refused") {
  CHECK_THAT(refused_field(R"("points":1e999)").message(),
             StartsWith("new task has a number out of range"));
}

TEST_CASE("wire: aliases and days are taken on input") {
  const auto task = wire::decode_new_task(
      R"({"title":"x","priority":"High","status":"WIP","due":"2026-11-23","labels":["b","a","b"],"blocked_by":[3,1]})");
  CHECK(task.fields.priority == model::Priority::kP1);
  CHECK(task.fields.status == model::Status::kInProgress);
  CHECK(wire::encode(task) ==
        R"({"title":"x","status":"in_progress","priority":"p1","labels":["a","b"],)"
        R"("due":"2026-11-23T23:59:59.000Z","blocked_by":[1,3]})");
}

TEST_CASE("wire: verbs take an empty body, a reason, a condition") {
  CHECK_FALSE(wire::decode_verb("").reason);
  CHECK_FALSE(wire::decode_verb("{}").fence.is_up());
  CHECK(wire::decode_verb(R"({"reason":"r"})").reason == "r");
  CHECK(wire::decode_verb(R"({"if_claimed":true})").fence.if_claimed);
  CHECK(wire::decode_close(R"({"carry":7})").carry == "7");
  CHECK(refusal([] { wire::decode_verb(R"({"text":"r"})"); }).message() ==
        "request body: unknown field 'text'");
}

TEST_CASE("wire: a token is a number") {
  CHECK(wire::decode_verb(R"({"token":12})").fence.token == 12);
  CHECK_FALSE(wire::decode_release(R"({"token":null})").fence.is_up());
  for (const auto* json : {R"({"token":"12"})", R"({"token":1.5})", R"({"token":true})"}) {
    CHECK(refusal([&] { wire::decode_renewal(json); }).code() == Code::kInvalidValue);
    CHECK(refusal([&] { wire::decode_release(json); }).code() == Code::kInvalidValue);
  }
}

TEST_CASE("wire: a lease is a duration or a number of seconds") {
  using std::chrono::minutes;
  CHECK(wire::decode_claim(R"({"lease":"30m"})").lease == minutes{30});
  CHECK(wire::decode_claim(R"({"lease":90})").lease == std::chrono::seconds{90});
  CHECK_FALSE(wire::decode_claim("").lease);
  CHECK_FALSE(wire::decode_claim_next(R"({"lease":null})").lease);
  for (const auto* json : {R"({"lease":"soon"})", R"({"lease":-1})", R"({"lease":1.5})",
                           R"({"lease":true})", R"({"lease":9223372036854775807})"}) {
    const auto failure = refusal([&] { wire::decode_claim(json); });
    CHECK(failure.code() == Code::kInvalidValue);
    CHECK_THAT(failure.message(), StartsWith("lease: "));
  }
}

TEST_CASE("wire: import names the kind it does not know") {
  CHECK(refusal([] { wire::decode_import_record(R"({"kind":"epic"})"); }).message() ==
        "kind: \"epic\" is not one of task, project, sprint, comment");
}

TEST_CASE("wire: a reader of answers passes over what it does not know") {
  CHECK(wire::decode_task(R"({"id":1,"title":"x","colour":"red"})").title == "x");
  CHECK(refusal([] { wire::decode_envelope("{}"); }).message() == "answer without kind or data");
}

}  // namespace
}  // namespace taskman::test
