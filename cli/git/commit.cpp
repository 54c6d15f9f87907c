#include "cli/git/commit.hpp"

#include "cli/git/git.hpp"
#include "common/error/error.hpp"

namespace taskman::git {
namespace {

/// Up to the next zero byte, which is taken off as well.
std::string take_field(std::string_view& text) {
  const auto field = text.substr(0, text.find('\0'));
  text.remove_prefix(std::min(field.size() + 1, text.size()));
  return std::string(field);
}

}  // namespace

Commit newest_commit() {
  const auto answer =
      run({"-c", "log.showSignature=false", "log", "-1", "--no-color", "--encoding=UTF-8",
           "--date=raw", "--format=%h%x00%s%x00%an%x00%ae%x00%ad%x00%B", "HEAD"});
  if (!answer.worked())
    throw error::Error(error::Code::kNotFound, "there is no commit: " + reason_of(answer));
  std::string_view rest = answer.out;
  Commit commit{
      .name = take_field(rest), .subject = take_field(rest), .message = {}, .identity = {}};
  for (int i = 0; i < 3; ++i) commit.identity += take_field(rest) + '\n';
  commit.identity += commit.subject;
  commit.message = rest;
  return commit;
}

}  // namespace taskman::git
