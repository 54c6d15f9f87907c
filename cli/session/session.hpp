#pragma once
// What a command works with: settings, the daemon, the terminal, time. Made once per run by
// cli/app; everything in it is made when first asked for. One thread.

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cli/client/api.hpp"
#include "cli/render/line.hpp"
#include "cli/session/invocation.hpp"
#include "cli/session/terminal.hpp"
#include "cli/session/world.hpp"
#include "common/config/settings.hpp"
#include "common/config/target.hpp"
#include "common/filter/filter.hpp"
#include "common/time/zone.hpp"

namespace taskman::cli {

/// How the answer is printed.
enum class Mode {
  kHuman,  ///< a table on a terminal
  kTabs,   ///< tab-separated, in a pipe
  kJson,
  kCsv,
  kIds,
  kTemplate,  ///< --format
};

class Session {
 public:
  /// Reads settings. Throws kInvalidValue, kUsage for flags that contradict each other.
  Session(const World& world, Terminal& terminal, const Invocation& invocation);

  const World& world() const { return world_; }
  const Invocation& invocation() const { return invocation_; }
  Terminal& terminal() { return terminal_; }
  const Terminal& terminal() const { return terminal_; }
  const config::Settings& settings() const { return settings_; }
  const config::Target& target();
  client::Api& api();
  /// How to come by what the daemon answered to what was written, when it could not be printed;
  /// none when nothing was written.
  std::optional<std::string> way_back() const;
  /// --timeout from now on.
  client::Deadline deadline() const { return client::Deadline::after(timeout()); }
  /// What the daemon is started with. Throws kUsage when it runs elsewhere.
  client::LaunchPlan local_daemon();

  /// --as, TASKMAN_ACTOR, …, else the login name.
  const std::string& actor();
  util::Instant now() const { return world_.clock->now(); }
  const time::Zone& zone();
  filter::Context filter_context();

  Mode mode() const { return mode_; }
  render::Colour colour() const;
  /// Stdin and stdout are terminals and no CI runs us.
  bool may_ask() const;

  void print(std::string_view text) { terminal_.print(text); }
  /// A line on stderr for people. With --json only what is not in the answer.
  void notice(std::string_view line) { terminal_.note(line); }
  /// The same, with --verbose only.
  void verbose(std::string_view line);

 private:
  client::LaunchPlan launch_plan();
  client::ApiOptions api_options();
  std::chrono::milliseconds timeout() const;

  const World world_;
  Terminal& terminal_;
  const Invocation& invocation_;
  config::Settings settings_;
  Mode mode_;
  std::optional<config::Target> target_;
  std::optional<std::string> actor_;
  std::unique_ptr<client::Api> api_;
  std::unique_ptr<time::Zone> zone_;
};

}  // namespace taskman::cli
