#pragma once
// The program git. What it is asked is words, never a line for a shell.

#include <string>
#include <string_view>
#include <vector>

namespace taskman::git {

using Words = std::vector<std::string>;

struct Answer {
  int exit_code = 0;
  std::string out;
  std::string err;

  bool worked() const { return exit_code == 0; }
};

/// Runs the git of PATH in the working folder, with our environment, so that GIT_DIR and its like
/// mean what they mean to git. Returns when it has ended; what it leaves running does not hold us
/// up. Throws kNotFound when there is no git.
Answer run(const Words& words, std::string_view input = {});

/// The answer's lines, in one, without git's own `error: `: for a message of ours.
std::string reason_of(const Answer& answer);

/// The lines of a text, without their newlines.
std::vector<std::string_view> lines_of(std::string_view text);

}  // namespace taskman::git
