#include "cli/commands/claim.hpp"

#include "cli/commands/move.hpp"
#include "cli/commands/values.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/claims.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {

void refuse_flag(const Invocation& invocation, const std::string& flag, const std::string& hint) {
  if (invocation.has(flag))
    throw error::Error(error::Code::kUsage, "--" + flag + " does not go with this", hint);
}

client::Call next_claim(Session& session, const Invocation& invocation, const Values& filter) {
  wire::ClaimNext wanted{.filter = util::join(filter, " "),
                         .order = invocation.value("order"),
                         .lease = lease_of(invocation)};
  // A mistake in it costs no round trip.
  filter::parse(*wanted.filter, session.filter_context());
  if (wanted.filter->empty()) wanted.filter.reset();
  if (wanted.filter) wanted.sprints_of = session.settings().text(config::Key::kProject);
  return write_call(invocation, "POST", std::string(wire::kTasksClaim), wire::encode(wanted));
}

}  // namespace taskman::cli
