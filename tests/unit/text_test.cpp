#include "common/util/text.hpp"

#include <array>

#include "support/catch.hpp"

namespace taskman::util {

TEST_CASE("UTF-8 is what RFC 3629 says it is") {
  CHECK(is_utf8(""));
  CHECK(is_utf8("plain"));
  CHECK(is_utf8("grüße, 世界, 🎉"));
  CHECK(is_utf8("\xF4\x8F\xBF\xBF"));
  const std::array<std::string_view, 8> wrong{"\xFF",
                                              "\x80",
                                              "a\xC3",
                                              "\xC0\xAF",
                                              "\xE0\x80\xAF",
                                              "\xED\xA0\x80",
                                              "\xF4\x90\x80\x80",
                                              "\xF0\x9F\x8E"};
  for (const auto text : wrong) CHECK_FALSE(is_utf8(text));
}

TEST_CASE("characters are code points") {
  CHECK(count_characters("") == 0);
  CHECK(count_characters("grüße") == 5);
  CHECK(count_characters("🎉🎉") == 2);
}

TEST_CASE("the first control character is named") {
  CHECK(find_control("plain grüße 🎉") == std::nullopt);
  CHECK(find_control("a\x1b[31m") == "U+001B");
  CHECK(find_control("a\x7f") == "U+007F");
  CHECK(find_control("a\xC2\x9B") == "U+009B");
  CHECK(find_control("a\xE2\x80\xAE") == "U+202E");
  CHECK(find_control("a\nb", "\n") == std::nullopt);
  CHECK(find_control("a\nb\rc", "\n") == "U+000D");
  CHECK(find_control(std::string_view("a\0", 2)) == "U+0000");
}

TEST_CASE("nothing written to a terminal can steer it") {
  CHECK(escape_for_terminal("plain grüße 🎉") == "plain grüße 🎉");
  CHECK(escape_for_terminal("\x1b[31mred") == "\\x1b[31mred");
  CHECK(escape_for_terminal("\xC2\x9B") == "\\u009b");
  CHECK(escape_for_terminal("\xE2\x80\xAEgnp") == "\\u202egnp");
  CHECK(escape_for_terminal("bad \xFF byte") == "bad \\xff byte");
  CHECK(escape_for_terminal("a\nb\tc") == "a\\nb\\tc");
  CHECK(escape_for_terminal("a\nb\tc\r", "\n\t") == "a\nb\tc\\r");
}

TEST_CASE("width is counted in a terminal's columns") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("世界") == 4);
  CHECK(display_width("🎉") == 2);
  CHECK(display_width("e\u0301") == 1);
  CHECK(display_width("a\u200db") == 2);
}

TEST_CASE("a text is cut between characters, and says so") {
  CHECK(fit("short", 5) == "short");
  CHECK(fit("shorter", 5) == "shor…");
  CHECK(fit("世界世界", 5) == "世界…");
  CHECK(fit("世界世界", 4) == "世…");
  CHECK(fit("abc", 1) == "…");
  CHECK(fit("abc", 0).empty());
}

TEST_CASE("the nearest word is suggested, or none") {
  static constexpr std::array<std::string_view, 5> known{"todo", "in_progress", "review", "done",
                                                         "dropped"};
  CHECK(suggest("dnoe", known) == "done");
  CHECK(suggest("DONE", known) == "done");
  CHECK(suggest("reveiw", known) == "review");
  CHECK(suggest("inprogress", known) == "in_progress");
  CHECK(suggest("rev", known) == "review");
  CHECK(suggest("foo", known) == std::nullopt);
  CHECK(suggest("dusk", known) == std::nullopt);
  CHECK(suggest("", known) == std::nullopt);
  CHECK(suggest(std::string(5000, 'x'), known) == std::nullopt);
}

TEST_CASE("case is ignored for ASCII letters only") {
  CHECK(to_lower("ABCÄ") == "abcÄ");
  CHECK(equals_ignoring_case("Done", "dONE"));
  CHECK_FALSE(equals_ignoring_case("ä", "Ä"));
  CHECK(contains_ignoring_case("Fix the LOGIN", "login"));
  CHECK(contains_ignoring_case("anything", ""));
  CHECK_FALSE(contains_ignoring_case("log", "login"));
}

TEST_CASE("an integer is the whole text") {
  CHECK(parse_integer("42") == 42);
  CHECK(parse_integer("-7") == -7);
  for (const auto text : {"", " 1", "1 ", "+1", "1.0", "0x1", "99999999999999999999"}) {
    CHECK(parse_integer(text) == std::nullopt);
  }
}

TEST_CASE("join and trim") {
  const std::vector<std::string> parts{"a", "b"};
  CHECK(join(parts, ", ") == "a, b");
  CHECK(trim(" \t a b \n") == "a b");
  CHECK(trim(" \n ").empty());
}

}  // namespace taskman::util
