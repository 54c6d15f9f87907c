#pragma once
// One thing in full, for people.

#include <string>

#include "cli/session/session.hpp"

namespace taskman::cli {

/// `data` is the thing as JSON. Asks the daemon for names and comments.
std::string task_detail(Session& session, const std::string& data);
std::string sprint_detail(Session& session, const std::string& data);
std::string project_detail(Session& session, const std::string& data);

/// An instant as a person reads it: the clock on the wall and how far away it is.
std::string when_text(Session& session, util::Instant instant);

}  // namespace taskman::cli
