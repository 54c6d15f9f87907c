#pragma once
// Titles and sprint names for people who read the change log, asked for once each. One thread.

#include <map>
#include <string>

#include "cli/client/api.hpp"
#include "cli/render/change_text.hpp"
#include "cli/session/session.hpp"

namespace taskman::cli {

class NameCache {
 public:
  explicit NameCache(Session& session) : NameCache(session, session.api()) {}
  NameCache(Session& session, client::Api& api) : zone_(&session.zone()), api_(api) {}

  /// Refers to this cache. A name that cannot be had now is empty.
  render::Names names();
  /// Takes the names that a frame tells, so that a renamed thing is called by its new one.
  void learn(const wire::Frame& frame);

 private:
  std::string task(model::TaskId id);
  std::string sprint(model::SprintId id);

  const time::Zone* zone_;
  client::Api& api_;
  std::map<model::TaskId, std::string> tasks_;
  std::map<model::SprintId, std::string> sprints_;
};

}  // namespace taskman::cli
