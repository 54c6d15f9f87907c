# cmake -DOUTPUT=file.cpp -DFOLDER=completions -P embed_completions.cmake
# Writes the table cli/commands/completion_scripts.hpp declares: the checked-in scripts are the source,
# the program prints them.

set(rows "")
foreach(pair "bash taskman.bash" "zsh _taskman" "fish taskman.fish")
  string(REPLACE " " ";" pair "${pair}")
  list(GET pair 0 shell)
  list(GET pair 1 file)
  file(READ "${FOLDER}/${file}" text)
  string(APPEND rows "    CompletionScript{\"${shell}\", R\"__script(${text})__script\"},\n")
endforeach()

file(WRITE "${OUTPUT}.new" "// Generated from completions/; do not edit.
#include \"cli/commands/completion_scripts.hpp\"

#include <array>

namespace taskman::cli {
namespace {

constexpr std::array kScripts{
${rows}};

}  // namespace

std::span<const CompletionScript> completion_scripts() { return kScripts; }

}  // namespace taskman::cli
")
file(COPY_FILE "${OUTPUT}.new" "${OUTPUT}" ONLY_IF_DIFFERENT)
file(REMOVE "${OUTPUT}.new")
file(TOUCH_NOCREATE "${OUTPUT}")
