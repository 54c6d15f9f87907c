#include "cli/commands/follow.hpp"

#include "common/error/error.hpp"
#include "common/model/changeset.hpp"
#include "common/util/text.hpp"

namespace taskman::cli {

using client::Happening;

std::optional<std::string> since_of(const Invocation& invocation) {
  const auto cursor = invocation.value("since");
  if (cursor && !model::parse_cursor(*cursor)) {
    throw error::Error(error::Code::kInvalidValue, "--since: '" + *cursor + "' is not a cursor",
                       "give the cursor of an earlier answer, such as 17-09ad51c2e0f7b6aa");
  }
  return cursor;
}

std::string told(const Happening& happening) {
  switch (happening.kind) {
    case Happening::Kind::kLost:
      return "lost the daemon (" + happening.text + "), trying again";
    case Happening::Kind::kBack:
      return happening.text.empty() ? "connected again, nothing was missed" : happening.text;
    case Happening::Kind::kPolling:
      return "streams are cut off (" + happening.text +
             "): polling instead, a stream is tried later";
    case Happening::Kind::kReset:
      return "the log was replaced (" + happening.text + "): changes may be missing here";
    default:
      return {};
  }
}

Happening next_happening(Session& session, client::Follower& follower,
                         const client::Deadline& deadline) {
  for (;;) {
    auto happening = follower.next(deadline);
    if (happening.kind == Happening::Kind::kSuspend) client::Wakeups::suspend();
    if (happening.kind == Happening::Kind::kStarted)
      session.verbose("following, from " + follower.cursor());
    if (const auto line = told(happening); !line.empty()) session.notice("taskman: " + line);
    switch (happening.kind) {
      case Happening::Kind::kFrame:
      case Happening::Kind::kReset:
      case Happening::Kind::kBack:
      case Happening::Kind::kTime:
      case Happening::Kind::kEnd:
        return happening;
      default:
        break;
    }
  }
}

int exit_code(const client::Wakeups& wakeups) {
  return wakeups.signal() == 0 ? 0 : 128 + wakeups.signal();
}

}  // namespace taskman::cli
