// Tables for people: aligned, without empty columns, fitted to the terminal and never cut short.

#include <string>

#include "cli/render/table.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

using render::Align;
using render::Fit;
using render::Table;

Table tasks() {
  return {
      .columns = {{"ID", Align::kRight}, {"TITLE", Align::kLeft, Fit::kShrink}, {"NOTE"}, {"DUE"}},
      .rows = {{{"7"}, {"Fix the login page"}, {""}, {"in 2 d"}},
               {{"12"}, {"日本語"}, {""}, {""}}}};
}

std::string shown(const Table& table, std::size_t columns) {
  return render::to_text(table, columns, render::Colour::kOff);
}

}  // namespace

TEST_CASE("columns line up by what a terminal shows, empty ones are left out, no line ends blank") {
  CHECK(shown(tasks(), 80) ==
        "ID  TITLE               DUE\n"
        " 7  Fix the login page  in 2 d\n"
        "12  日本語\n");
}

TEST_CASE("where it is narrow, what may shrink does") {
  CHECK(shown(tasks(), 25) ==
        "ID  TITLE          DUE\n"
        " 7  Fix the logi…  in 2 d\n"
        "12  日本語\n");
}

TEST_CASE("where it is too narrow, lines are longer than the terminal, not cut") {
  CHECK(shown(tasks(), 10) ==
        "ID  TITLE         DUE\n"
        " 7  Fix the log…  in 2 d\n"
        "12  日本語\n");
}

TEST_CASE("cells have no power over the terminal") {
  CHECK(shown({.columns = {{"A"}}, .rows = {{{"x\x1b[2J\n"}}}}, 80) == "A\nx\\x1b[2J\\n\n");
}

}  // namespace taskman::test
