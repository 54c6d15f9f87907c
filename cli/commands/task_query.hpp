#pragma once
// How `task list` and `task ready` ask and print.

#include "cli/session/session.hpp"

namespace taskman::cli {

struct TaskQuery {
  Values words;             ///< of the filter, joined by blanks
  bool everything = false;  ///< every status: no default is added
};

int list_tasks(Session& session, const Invocation& invocation, const TaskQuery& query);

}  // namespace taskman::cli
