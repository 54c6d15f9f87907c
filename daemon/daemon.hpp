#pragma once
// The composition root: everything the daemon consists of, in start order.

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "common/time/clock.hpp"
#include "common/time/zone.hpp"
#include "common/util/environment.hpp"
#include "common/util/log.hpp"
#include "common/util/random.hpp"
#include "daemon/feed/hub.hpp"
#include "daemon/hooks/deliverer.hpp"
#include "daemon/maintenance.hpp"
#include "daemon/service/service.hpp"
#include "daemon/store/open.hpp"

namespace taskman {

struct DaemonOptions {
  std::string database;  ///< the store's URL
  std::filesystem::path socket;
  std::optional<std::string> listen{};  ///< an address and a port for TCP
  store::NetworkFiles network_files = store::NetworkFiles::kRefuse;
  std::chrono::milliseconds idle_exit{0};           ///< 0: never
  std::chrono::milliseconds drain_deadline{2'500};  ///< for requests in flight when it ends
  model::Retention keep_changes{};
  std::size_t max_connections = 4096;  ///< without streams
  feed::HubOptions feed{};
  hooks::DelivererOptions hooks{};
};

/// The world outside; all of it outlives the daemon.
struct DaemonWorld {
  const util::Environment& environment;
  const time::Clock& clock;
  const time::Zone& zone;
  util::Random& random;
  util::Log log;
  std::function<void()> exit;  ///< asks main to destroy the daemon; from any thread
};

/// Serves from construction to destruction. Owned by main, which does nothing but wait meanwhile.
class Daemon {
 public:
  /// Takes the lock, checks and migrates the store, listens. Throws error::Error with the way out.
  Daemon(DaemonOptions options, DaemonWorld world);

  /// Stops accepting, says goodbye to readers, finishes what is in flight, checkpoints, removes the
  /// socket if it is still ours, releases the lock; in less than 5 s.
  ~Daemon();
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  /// The store stopped writing for good: a restart has to find out what is on disk.
  bool failed() const { return failed_; }

 private:
  struct Parts;
  store::Options store_options();
  hooks::DelivererOptions hook_options() const;
  MaintenanceOptions maintenance_options(const service::Base& base);
  std::string metrics() const;
  void on_commit();
  void on_failure(const std::string& reason);

  const DaemonOptions options_;
  const DaemonWorld world_;
  std::atomic<bool> failed_{false};
  std::atomic<Parts*> awake_{nullptr};
  std::unique_ptr<Parts> parts_;
};

}  // namespace taskman
