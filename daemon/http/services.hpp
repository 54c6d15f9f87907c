#pragma once
// What the routes' handlers may use. Made once by the composition root; everything outlives the
// listener.

#include <functional>
#include <string>

#include "daemon/service/service.hpp"

namespace taskman::service {
class Tasks;
class Claims;
class Batch;
class Sprints;
class Projects;
class Transfer;
class Feed;
class History;
class Operations;
class Hooks;
}  // namespace taskman::service

namespace taskman::http {

struct Services {
  service::Tasks& tasks;
  service::Claims& claims;
  service::Batch& batch;
  service::Sprints& sprints;
  service::Projects& projects;
  service::Transfer& transfer;  ///< import and export
  service::Feed& feed;          ///< polls and what a subscription resolves to
  service::Hooks& hooks;
  service::History& history;             ///< undo and redo
  service::Operations& operations;       ///< health, backup, completion
  std::function<std::string()> metrics;  ///< Prometheus text of the whole daemon
  /// Kind `subscriber.list`: who reads the change feed now.
  std::function<service::Reading()> subscribers;
  std::function<void()> shutdown;  ///< asks the daemon to drain and end
};

}  // namespace taskman::http
