#pragma once
// What a live view shows above its changes, and how it is read anew. Used by commands/watch.cpp,
// one thread.

#include <memory>
#include <string>
#include <vector>

#include "cli/client/api.hpp"
#include "cli/render/live_view.hpp"
#include "common/model/task.hpp"

namespace taskman::cli {

/// Reads its things from the API. Throws what the API refuses.
class Panel {
 public:
  virtual ~Panel() = default;
  virtual void load(client::Api& api) = 0;
  virtual std::vector<render::Line> lines(const render::Activity& activity,
                                          render::Size size) const = 0;
};

std::unique_ptr<Panel> sprint_panel(model::SprintId id);
std::unique_ptr<Panel> task_panel(model::TaskId id);
/// The tasks of a filter; `title` is what the view is called, `noun` what it counts.
std::unique_ptr<Panel> list_panel(std::string title, client::Query query,
                                  std::string_view noun = "task");

}  // namespace taskman::cli
