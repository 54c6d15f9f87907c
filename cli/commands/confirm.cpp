#include "cli/commands/confirm.hpp"

#include "cli/commands/files.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"

namespace taskman::cli {

bool will_ask(const Session& session, const Invocation& invocation) {
  return session.may_ask() && !invocation.has("yes") && !invocation.has_if_taken("dry-run");
}

void confirm(Session& session, const Invocation& invocation, const std::string& what) {
  if (!will_ask(session, invocation)) return;
  session.print(util::escape_for_terminal(what) + "? [y/N] ");
  session.terminal().flush();
  std::string answer;
  read_input_line(session, answer);
  const auto word = util::to_lower(util::trim(answer));
  if (word == "y" || word == "yes") return;
  throw error::Error(error::Code::kNothing, "not confirmed: nothing was changed");
}

}  // namespace taskman::cli
