#include "cli/commands/confirm.hpp"

#include "common/util/text.hpp"

namespace taskman::cli {
namespace {

bool is_dry_run(const Invocation& invocation) {
  return invocation.takes("dry-run") && invocation.has("dry-run");
}

}  // namespace

bool confirmed(Session& session, const Invocation& invocation, const std::string& what) {
  if (!session.may_ask() || invocation.has("yes") || is_dry_run(invocation)) return true;
  session.print(util::escape_for_terminal(what) + "? [y/N] ");
  session.terminal().flush();
  std::string answer;
  session.terminal().read_line(answer);
  const auto word = util::to_lower(util::trim(answer));
  if (word == "y" || word == "yes") return true;
  session.notice("nothing was changed");
  return false;
}

}  // namespace taskman::cli
