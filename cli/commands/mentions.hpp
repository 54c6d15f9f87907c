#pragma once
// Tasks that a commit names, and what comes of it.

#include <vector>

#include "cli/commands/print.hpp"
#include "cli/git/commit.hpp"
#include "cli/git/trailers.hpp"
#include "common/wire/local.hpp"

namespace taskman::cli {

using Outcomes = std::vector<wire::GitMention>;

/// Before the commit: whether each is there. Nothing is thrown when the daemon does not answer.
Outcomes check_tasks(Session& session, const std::vector<git::Mention>& mentions);

/// After it: closes each or puts a comment on it, once for a commit, each by itself. Nothing is
/// thrown when that fails.
Outcomes act_on_tasks(Session& session, const git::Commit& commit,
                      const std::vector<git::Mention>& mentions);

const Kind& mention_kind();
/// For people what came of it, a line each. The exit code: 0.
int print_mentions(Session& session, const Invocation& invocation, const Outcomes& outcomes);

}  // namespace taskman::cli
