#pragma once
// /metrics: what the parts of the daemon count, as Prometheus text (exposition format 0.0.4).

#include <chrono>
#include <optional>
#include <string>

#include "common/util/instant.hpp"
#include "daemon/feed/hub.hpp"
#include "daemon/hooks/deliverer.hpp"
#include "daemon/http/figures.hpp"
#include "daemon/process.hpp"
#include "daemon/store/store.hpp"

namespace taskman {

struct DaemonFigures {
  util::Instant started;
  std::int64_t head = 0;  ///< the log's last revision
  ProcessFigures process;
  http::Figures http;
  feed::HubFigures feed;
  hooks::HookFigures hooks;
  std::optional<store::Figures> store;  ///< when the backend has them
  std::uint64_t loop_wakeups = 0;
};

std::string metrics_text(const DaemonFigures& figures);

}  // namespace taskman
