// What scripts and clients rely on: one file per published schema, golden/schema/KIND.json, beside
// the number of the wire format, kSchema. A change that breaks somebody is refused until that
// number is raised (common/wire/envelope.hpp); additions pass. TASKMAN_ACCEPT_GOLDEN=1 writes the
// files anew, except over such a change.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "common/util/text.hpp"
#include "common/wire/envelope.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/schema.hpp"
#include "support/build_paths.hpp"
#include "support/catch.hpp"
#include "unit/schema_change.hpp"

namespace taskman::test {
namespace {

namespace fs = std::filesystem;
using Texts = std::vector<std::string>;

fs::path folder() { return fs::path(kSourceDir) / "tests/unit/golden/schema"; }

std::string read(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The number of the wire format, then the schema.
std::string golden_of(const std::string& schema) {
  return "{\"wire\":" + std::to_string(wire::kSchema) + ",\n\"schema\":" + in_lines(schema) + "}\n";
}

struct Golden {
  std::int64_t wire;
  std::string schema;
};

Golden parse(const std::string& text) {
  const auto members = wire::members_of(text);
  return {util::parse_integer(members.at(0).second).value(), members.at(1).second};
}

/// Empty when all is well.
Texts wrong_with(const std::string& name, const std::string& schema) {
  const auto path = folder() / (name + ".json");
  const bool accepts = std::getenv("TASKMAN_ACCEPT_GOLDEN") != nullptr;
  Texts wrong;
  if (fs::exists(path)) {
    const auto golden = parse(read(path));
    wrong = breaks(golden.schema, schema);
    if (!wrong.empty() && golden.wire == wire::kSchema) {
      wrong.emplace_back("raise kSchema in common/wire/envelope.hpp, or leave it as it was");
      return wrong;
    }
  } else {
    wrong.emplace_back("there is no " + path.string());
  }
  if (accepts) {
    std::ofstream(path) << golden_of(schema);
    return {};
  }
  if (!wrong.empty()) wrong.emplace_back("to write it anew: TASKMAN_ACCEPT_GOLDEN=1");
  return wrong;
}

}  // namespace

TEST_CASE("no published schema changes so that it breaks somebody, unless its number is raised") {
  for (const auto name : wire::schema_names()) {
    CAPTURE(name);
    CHECK(wrong_with(std::string(name), wire::schema_body(name, "").value()) == Texts{});
  }
}

TEST_CASE("no published schema goes") {
  std::set<std::string> names;
  for (const auto name : wire::schema_names()) names.emplace(name);
  for (const auto& each : fs::directory_iterator(folder())) {
    CAPTURE(each.path().filename());
    CHECK(names.contains(each.path().stem()));
  }
}

TEST_CASE("what breaks a reader: a member gone, of another type, or no longer always there") {
  const std::string before = R"({"type":"object","required":["a","b"],"properties":)"
                             R"({"a":{"type":"string","enum":["x","y"]},"b":{"$ref":"Task"}}})";
  CHECK(breaks(before, before) == Texts{});
  const auto changed = [&](std::string_view what, std::string_view into) {
    std::string after = before;
    const auto at = after.find(what);
    REQUIRE(at != after.npos);
    return breaks(before, after.replace(at, what.size(), into));
  };
  CHECK(changed(R"(,"b":{"$ref":"Task"})", "") == Texts{".b: is gone"});
  CHECK(changed(R"("b":{)", R"("c":{)") == Texts{".b: is gone"});
  CHECK(changed(R"({"$ref":"Task"})", R"({"$ref":"Sprint"})") == Texts{".b: of another type"});
  CHECK(changed(R"({"$ref":"Task"})", R"({"anyOf":[{"$ref":"Task"},{"type":"null"}]})") ==
        Texts{".b: of another type", ".b: demands more: anyOf"});
  CHECK(changed(R"(["a","b"])", R"(["a"])") == Texts{": \"b\" may be absent"});
  CHECK(changed(R"(["x","y"])", R"(["x"])") == Texts{".a: \"y\" is gone"});
  CHECK(changed(R"("string",)", R"("string","format":"date",)") ==
        Texts{".a: demands more: format"});
}

TEST_CASE("what breaks nobody: more members, more words, other descriptions") {
  const std::string before = R"({"type":"object","required":["a"],"properties":)"
                             R"({"a":{"type":"string","enum":["x"]}}})";
  const std::string after = R"({"type":"object","description":"d","required":["a","b"],)"
                            R"("properties":{"b":{"type":"integer"},)"
                            R"("a":{"type":"string","enum":["x","y"],"description":"d"}}})";
  CHECK(breaks(before, after) == Texts{});
}

TEST_CASE("what breaks a sender: a new demand; what need not be sent any more does not") {
  const std::string before = R"({"required":["a"],"properties":{"a":{},"b":{}},)"
                             R"("additionalProperties":false})";
  const std::string fewer = R"({"properties":{"a":{},"b":{}},"additionalProperties":false})";
  const std::string more = R"({"required":["a","b"],"properties":{"a":{},"b":{}},)"
                           R"("additionalProperties":false})";
  CHECK(breaks(before, fewer) == Texts{});
  CHECK(breaks(before, more) == Texts{": \"b\" must be sent"});
  CHECK(breaks(fewer, before) == Texts{": demands more: required"});
}

}  // namespace taskman::test
