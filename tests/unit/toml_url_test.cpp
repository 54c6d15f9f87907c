#include "common/config/toml.hpp"
#include "common/config/url.hpp"
#include "common/error/error.hpp"
#include "support/catch.hpp"

namespace taskman::config {

using test::ContainsSubstring;
using test::StartsWith;

namespace {

std::string first_text(std::string_view toml) { return parse_toml(toml, "f").at(0).text; }

}  // namespace

TEST_CASE("TOML: comments, sections, texts, numbers, switches") {
  const auto entries = parse_toml(
      "# a comment\r\na = \"one # not a comment\" # but this\n\n[daemon]\n  b='two\\'\nc = "
      "-1_000\nd=true",
      "f");
  REQUIRE(entries.size() == 4);
  CHECK(entries[0].key == "a");
  CHECK(entries[0].text == "one # not a comment");
  CHECK(entries[0].line == 2);
  CHECK(entries[1].key == "daemon.b");
  CHECK(entries[1].text == "two\\");
  CHECK(entries[2].kind == TomlEntry::Kind::kInteger);
  CHECK(entries[2].text == "-1000");
  CHECK(entries[3].kind == TomlEntry::Kind::kBoolean);
  CHECK(entries[3].line == 7);
}

TEST_CASE("TOML: a dotted key is one of a section, and a byte order mark is no part of the text") {
  const auto entries = parse_toml(
      "\xEF\xBB\xBF"
      "daemon.a = 1\ndaemon . b = 2\n[daemon]\nc = 3",
      "f");
  REQUIRE(entries.size() == 3);
  CHECK(entries[0].key == "daemon.a");
  CHECK(entries[0].section.empty());
  CHECK(entries[1].key == "daemon.b");
  CHECK(entries[2].key == "daemon.c");
  CHECK(entries[2].section == "daemon.");
}

TEST_CASE("TOML: escapes") {
  CHECK(first_text(R"(a = "\"\\\t\u00e4\U0001F389")") == "\"\\\tä🎉");
  CHECK(first_text("a = " + toml_string("q\" b\\ n\n t\t ä\x7f")) == "q\" b\\ n\n t\t ä\x7f");
}

TEST_CASE("TOML: what is not read is refused by file and line") {
  struct Row {
    const char* text;
    const char* message;
  };
  const Row rows[]{
      {"a", "f:1: '=' is missing after a"},
      {"\na =", "f:2: a has no value"},
      {"a = x", "a has no value"},
      {"a = 1.5", "unexpected '.5'"},
      {"a = [1]", "a has no value"},
      {"a = \"x", "a text is not closed"},
      {"a = 'x\n'", "f:1: a text is not closed"},
      {"a = \"\\q\"", "an unknown escape"},
      {"a = \"\\ud800\"", "an escape names no character"},
      {"a = \"\\u12", "an escape names no character"},
      {"a = 1\na = 2", "f:2: a was set in line 1 already"},
      {"a = 1 b = 2", "unexpected 'b = 2'"},
      {"[a", "a section's name ends"},
      {"[]", "a key is made of"},
      {"a.b.c = 1", "'=' is missing after a.b"},
      {"[a]\nb.c = 1", "'=' is missing after a.b"},
      {"a. = 1", "a key is made of"},
      {"a.b = 1\n[a]\nb = 2", "f:3: a.b was set in line 1 already"},
      {"\"a\" = 1", "unexpected '\"a\" = 1'"},
      {"a = \"\xFF\"", "not valid UTF-8"},
      {"a = \"\"\"x\"\"\"", "unexpected"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK_THROWS_WITH(parse_toml(row.text, "f"), ContainsSubstring(row.message));
  }
}

TEST_CASE("URLs of files") {
  CHECK(parse_url("unix:/run/t.sock") == Url{.scheme = Url::Scheme::kUnix, .path = "/run/t.sock"});
  CHECK(parse_url("unix:///run/t.sock").path == "/run/t.sock");
  CHECK(parse_url("sqlite:t.db") == Url{.scheme = Url::Scheme::kSqlite, .path = "t.db"});
}

TEST_CASE("URLs of servers") {
  CHECK(parse_url("http://Tasks.Example") ==
        Url{.scheme = Url::Scheme::kHttp, .host = "tasks.example", .port = 80});
  CHECK(parse_url("HTTPS://tasks:8443/team/") ==
        Url{.scheme = Url::Scheme::kHttps, .path = "/team", .host = "tasks", .port = 8443});
  CHECK(parse_url("http://[::1]:8080").host == "::1");
}

TEST_CASE("a URL is written as it is read") {
  for (const auto text : {"unix:/run/t.sock", "sqlite:t.db", "http://tasks",
                          "https://tasks:8443/team", "http://[::1]:8080"}) {
    CHECK(to_text(parse_url(text)) == text);
  }
}

TEST_CASE("what is no URL is refused with what is wrong") {
  struct Row {
    const char* text;
    const char* message;
  };
  const Row rows[]{{"", "no known scheme"},           {"/run/t.sock", "no known scheme"},
                   {"ftp://x", "no known scheme"},    {"unix:", "names no file"},
                   {"unix://host/x", "names a host"}, {"http:/x", "lacks the //"},
                   {"http://", "no valid host"},      {"http://a b", "has a space"},
                   {"http://u@h", "has a user"},      {"http://h?q", "has a user, query"},
                   {"http://h:0", "the port '0'"},    {"http://h:65536", "the port '65536'"},
                   {"http://[::1", "without ']'"},    {"http://[::1]x", "between host and port"},
                   {"unix:/a\nb", "unprintable"}};
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK_THROWS_WITH(parse_url(row.text), ContainsSubstring(row.message));
  }
}

}  // namespace taskman::config
