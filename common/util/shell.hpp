#pragma once
// A value inside a command line that somebody may paste. Thread-safe.

#include <string>
#include <string_view>

namespace taskman::util {

/// One word of a POSIX shell that means exactly `text`: as it is where that is safe, else in single
/// quotes. A dash in front is kept: what stands before the word decides whether it is a flag.
std::string shell_word(std::string_view text);

}  // namespace taskman::util
