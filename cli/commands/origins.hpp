#pragma once
// Settings and paths with where each came from, as `where` and `config show` print them.

#include "cli/commands/print.hpp"
#include "cli/session/session.hpp"
#include "common/wire/local.hpp"

namespace taskman::cli {

/// Items of kind `setting.list`.
const Kind& setting_kind();

/// In the order of the table; secrets are not shown.
Items setting_items(Session& session);
wire::Setting setting_item(Session& session, config::Key key);

/// Database, socket, log and the like, as the settings make them.
Items path_items(Session& session);

wire::Envelope setting_list(const Items& items);

}  // namespace taskman::cli
