#pragma once
// What numbers and words are called and how they are coloured, for people.

#include <map>
#include <string>

#include "cli/render/line.hpp"
#include "cli/session/session.hpp"
#include "common/model/task.hpp"

namespace taskman::cli {

render::Tone tone_of(model::Status status);
render::Tone tone_of(model::Priority priority);

/// Names of sprints, all asked for once, with the first that is wanted.
class SprintNames {
 public:
  explicit SprintNames(Session& session) : session_(session) {}
  /// The number when the sprint is gone.
  std::string of(model::SprintId id);

 private:
  Session& session_;
  std::map<model::SprintId, std::string> names_;
  bool asked_ = false;
};

}  // namespace taskman::cli
