#pragma once
// One thing in full, for people.

#include <optional>
#include <string>

#include "cli/session/session.hpp"
#include "common/model/sprint.hpp"

namespace taskman::cli {

/// `data` is the thing as JSON. Asks the daemon for names and comments.
std::string task_detail(Session& session, const std::string& data);
std::string sprint_detail(Session& session, const std::string& data);
std::string project_detail(Session& session, const std::string& data);

/// What a closed sprint came to, in a line; `→ carried_to` when tasks went on. None when it has no
/// report.
std::optional<std::string> closing_text(const model::Sprint& sprint);
/// The whole report, a line per row.
std::string report_detail(Session& session, const model::Sprint& sprint);

/// The first line of a detail view.
std::string heading(Session& session, const std::string& text);

/// An instant as a person reads it: the clock on the wall and how far away it is.
std::string when_text(Session& session, util::Instant instant);

}  // namespace taskman::cli
