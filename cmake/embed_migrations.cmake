# cmake -DOUTPUT=file.cpp -DFILES="a/0001_x.sql;…" -P embed_migrations.cmake
# Writes the table daemon/store/sqlite/migrations.hpp declares: numbers from the names, dense from 1.
# Refuses a gap or a double number at build time, where it costs nothing.

set(rows "")
set(texts "")
set(expected 1)
list(SORT FILES)
foreach(file IN LISTS FILES)
  get_filename_component(name "${file}" NAME_WE)
  if(NOT name MATCHES "^([0-9][0-9][0-9][0-9])_[a-z0-9_]+$")
    message(FATAL_ERROR "migration ${file}: the name must look like 0001_what_it_does.sql")
  endif()
  math(EXPR number "1${CMAKE_MATCH_1} - 10000")
  if(NOT number EQUAL expected)
    message(FATAL_ERROR "migration ${file}: its number is ${number}, the next one is ${expected}")
  endif()
  math(EXPR expected "${expected} + 1")
  # file(READ) would take [ ] and ; in the text apart once it is in a list; strings only, here.
  file(READ "${file}" sql)
  string(APPEND texts "constexpr std::string_view kSql${number} = R\"__sql(${sql})__sql\";\n\n")
  string(APPEND rows "    Migration{${number}, \"${name}\", kSql${number}},\n")
endforeach()
math(EXPR count "${expected} - 1")

file(WRITE "${OUTPUT}.new" "// Generated from migrations/*.sql; do not edit.
#include \"daemon/store/sqlite/migrations.hpp\"

#include <array>

namespace taskman::store::sqlite {
namespace {

${texts}constexpr std::array<Migration, ${count}> kMigrations{{
${rows}}};

}  // namespace

std::span<const Migration> migrations() { return kMigrations; }

}  // namespace taskman::store::sqlite
")
file(COPY_FILE "${OUTPUT}.new" "${OUTPUT}" ONLY_IF_DIFFERENT)
file(REMOVE "${OUTPUT}.new")
file(TOUCH_NOCREATE "${OUTPUT}")
