# shellcheck shell=bash
# scripts/check_includes finds each kind of breach, and is silent without one.

mkdir -p tree/{common/util,common/model,daemon/store/sqlite,daemon/service,cli/commands}
put() { printf '%s\n' "$2" >"tree/$1"; }
put common/util/text.hpp '#pragma once'
put common/model/task.hpp $'#pragma once\n#include "common/util/text.hpp"'
put daemon/store/store.hpp $'#pragma once\n#include "common/model/task.hpp"'
put daemon/store/sqlite/store.cpp $'#include <SQLiteCpp/Database.h>\n#include "daemon/store/store.hpp"'
put cli/main.cpp "int main() { std::cout << 1; }"
mkdir tree/cli/app
put cli/app/parse.cpp "#include <CLI/App.hpp>"
put cli/commands/add.cpp $'#include "cli/command.hpp"\n// getenv in a comment, "getenv" in a string'
assert_exit 0 "$E2E_SOURCE/scripts/check_includes" tree
assert_contains "$STDOUT" "7 files checked, 0 breaches"

breach() {
  cp -r tree broken
  mkdir -p "$(dirname "broken/$1")"
  printf '%s\n' "$2" >>"broken/$1"
  assert_exit 1 "$E2E_SOURCE/scripts/check_includes" broken
  assert_contains "$STDOUT" "$1:"
  assert_contains "$STDOUT" "$3"
  rm -r broken
}

breach common/util/text.hpp '#include "common/model/task.hpp"' "may include common/util"
breach daemon/service/x.cpp '#include "daemon/store/sqlite/store.hpp"' "may include"
breach daemon/service/x.cpp '#include <SQLiteCpp/Database.h>' "SQLiteCpp is not seen"
breach daemon/service/x.cpp '#include "cli/command.hpp"' "may include"
breach cli/commands/add.cpp '#include "daemon/store/store.hpp"' "may include"
breach cli/commands/add.cpp "#include <CLI/App.hpp>" "CLI11 is not seen"
breach cli/commands/add.cpp "#include \"cli/app/run.hpp\"" "may include"
breach cli/commands/add.cpp '#include <httplib.h>' "httplib is not seen"
breach cli/commands/add.cpp 'auto x = std::getenv("HOME");' "the environment"
breach daemon/service/x.cpp 'auto t = std::chrono::system_clock::now();' "the wall clock"
breach daemon/service/x.cpp 'std::random_device device;' "randomness"
breach daemon/service/x.cpp 'void f() { std::cout << 1; }' "the standard streams"
breach daemon/service/x.cpp '#define LIMIT 3' "defines a macro"
breach common/util/text.hpp 'using namespace std;' "using namespace"
breach common/util/other.hpp 'int x;' "pragma once"
breach common/model/x.cpp '#include "text.hpp"' "no path from the root"
