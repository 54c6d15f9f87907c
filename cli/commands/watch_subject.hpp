#pragma once
// What `taskman watch` was asked to watch.

#include <memory>
#include <optional>

#include "cli/commands/frames.hpp"
#include "cli/commands/watch_goal.hpp"
#include "cli/commands/watch_panel.hpp"
#include "cli/session/session.hpp"

namespace taskman::cli {

struct Subject {
  client::Query query;           ///< what of the feed
  std::unique_ptr<Panel> panel;  ///< what a terminal shows of it
  Scope scope{};                 ///< what of a frame people see
  Goal::Watched watched{};       ///< its tasks, for --until
  std::optional<Goal> goal{};    ///< --until
};

/// `task ID…`, `sprint [S]`, a filter, or nothing: everything. Throws kNotFound, kInvalidValue.
Subject subject_of(Session& session, const Invocation& watch);

}  // namespace taskman::cli
