#pragma once
// The services on one store, and how the routes reach them.

#include <functional>
#include <string>

#include "daemon/http/services.hpp"
#include "daemon/service/batch.hpp"
#include "daemon/service/claims.hpp"
#include "daemon/service/feed.hpp"
#include "daemon/service/history.hpp"
#include "daemon/service/hooks.hpp"
#include "daemon/service/operations.hpp"
#include "daemon/service/projects.hpp"
#include "daemon/service/sprints.hpp"
#include "daemon/service/tasks.hpp"
#include "daemon/service/transfer.hpp"

namespace taskman {

/// What the daemon itself has to say and to do for requests; thread-safe.
struct Controls {
  service::About about;
  service::Hooks::Parts hooks;
  std::function<std::string()> metrics;
  std::function<service::Reading()> subscribers;
  std::function<void()> shutdown;
};

/// Owned by the daemon; everything in it is thread-safe.
class UseCases {
 public:
  UseCases(const service::Base& base, const Controls& controls)
      : tasks_(base),
        claims_(base),
        batch_(base),
        sprints_(base),
        projects_(base),
        transfer_(base),
        feed_(base),
        hooks_(base, controls.hooks),
        history_(base),
        operations_(base, controls.about),
        services_{tasks_,
                  claims_,
                  batch_,
                  sprints_,
                  projects_,
                  transfer_,
                  feed_,
                  hooks_,
                  history_,
                  operations_,
                  controls.metrics,
                  controls.subscribers,
                  controls.shutdown} {}
  UseCases(const UseCases&) = delete;
  UseCases& operator=(const UseCases&) = delete;

  http::Services& services() { return services_; }

 private:
  service::Tasks tasks_;
  service::Claims claims_;
  service::Batch batch_;
  service::Sprints sprints_;
  service::Projects projects_;
  service::Transfer transfer_;
  service::Feed feed_;
  service::Hooks hooks_;
  service::History history_;
  service::Operations operations_;
  http::Services services_;
};

}  // namespace taskman
