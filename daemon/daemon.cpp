#include "daemon/daemon.hpp"

#include <algorithm>
#include <optional>
#include <system_error>
#include <utility>

#include "common/config/holder.hpp"
#include "common/error/error.hpp"
#include "common/util/version.hpp"
#include "common/wire/limits.hpp"
#include "common/wire/paths.hpp"
#include "daemon/http/router.hpp"
#include "daemon/http/server.hpp"
#include "daemon/maintenance.hpp"
#include "daemon/metrics.hpp"
#include "daemon/net/event_loop.hpp"
#include "daemon/net/file_watch.hpp"
#include "daemon/net/unix_socket.hpp"
#include "daemon/process.hpp"
#include "daemon/subscribers.hpp"
#include "daemon/tcp_door.hpp"
#include "daemon/use_cases.hpp"

namespace taskman {
namespace {

constexpr std::string_view kProtocol = "1-1";
constexpr std::size_t kStrangersShare = 4;  // a quarter: the rest is for who has the token

http::Limits limits_of(const DaemonOptions& options) {
  http::Limits limits;
  limits.larger_bodies = {{std::string(wire::kImport), wire::kMaxImport},
                          {std::string(wire::kBatch), wire::kMaxBatch}};
  limits.connections = options.max_connections;
  const std::size_t most = std::min(options.max_connections, most_descriptors());
  limits.strangers = std::max<std::size_t>(most / kStrangersShare, 1);
  return limits;
}

/// Without the scheme that only says that it is a file.
std::string name_of(const std::string& database) {
  constexpr std::string_view kFile = "sqlite:";
  return database.starts_with(kFile) ? database.substr(kFile.size()) : database;
}

net::UnixSocket listening_socket(const DaemonOptions& options,
                                 const util::Environment& environment) {
  try {
    if (auto passed = net::UnixSocket::adopt(environment)) return std::move(*passed);
    return net::UnixSocket::listen(options.socket);
  } catch (const std::system_error& failure) {
    const bool taken = failure.code() == std::errc::address_in_use;
    const bool foreign = failure.code() == std::errc::not_a_socket;
    throw error::Error(taken ? error::Code::kConflict : error::Code::kStorageUnavailable,
                       "cannot listen on " + options.socket.string() + ": " +
                           (foreign ? "what is there is not a socket" : failure.code().message()),
                       taken ? "another daemon answers there; end it, or choose another --socket"
                       : foreign ? "move it away, or choose another socket with TASKMAN_SOCKET"
                                 : "check the folder's permissions, or choose another --socket");
  }
}

}  // namespace

// In start order, so that whatever a part stands on ends after it.
struct Daemon::Parts {
  Parts(Daemon& daemon, const DaemonOptions& options, const DaemonWorld& world)
      : started(world.clock.now()),
        store(store::open(options.database, daemon.store_options())),
        base{*store, world.clock, world.zone,
             [this](util::Instant end) { maintenance.leased(end); }},
        hub(loop, *store, world.random, options.feed),
        hooks(base, world.random, daemon.hook_options()),
        maintenance(*store, world.clock, daemon.maintenance_options(base)),
        use_cases(
            base,
            {.about = {.version = std::string(util::kVersion),
                       .database = name_of(options.database),
                       .pid = ::getpid(),
                       .started_at = started},
             .hooks = {.random = world.random,
                       .changed = [this] { hooks.changed(); },
                       .looked_up_to = [this](model::HookId id) { return hooks.looked_up_to(id); }},
             .metrics = [&daemon] { return daemon.metrics(); },
             .subscribers = [this] { return subscribers(loop, hub, *store); },
             .shutdown = world.exit}),
        router({.routes = http::all_routes(),
                .call =
                    [this](const http::Route& route, const http::Request& request) {
                      return http::call(route, use_cases.services(), request);
                    },
                .random = world.random,
                .log = world.log}),
        writer({.version = std::string(util::kVersion),
                .protocol = std::string(kProtocol),
                .store = store->id()},
               world.clock),
        server({.loop = loop,
                .router = router,
                .writer = writer,
                .sink =
                    [this](http::StreamStart start) {
                      hub.adopt(std::move(start.fd), std::move(start.request),
                                std::move(start.unsent));
                    },
                .polls = {.park =
                              [this](feed::ParkedPoll poll, feed::Parking::Done done) {
                                return hub.park(std::move(poll), std::move(done));
                              },
                          .unpark = [this](feed::Parking::Ticket ticket) { hub.unpark(ticket); }},
                .limits = limits_of(options),
                .log = world.log}),
        socket(listening_socket(options, world.environment)) {
    daemon.awake_ = this;
    maintenance.leased(started);  // there may be some that ended while no daemon ran
    server.listen(socket.get(), http::same_user(::getuid()));
    if (options.listen) {
      door.emplace(*options.listen, options.socket.native() + ".token", world.random);
      door->open(server);
      world.log(
          {util::LogLevel::kInfo, "listening on TCP", {{"port", std::to_string(door->port())}}});
    }
    if (socket.has_file()) watch_socket(options.socket, world.log);
    loop_thread = std::thread([this] { loop.run(); });
  }

  void watch_socket(const std::filesystem::path& path, const util::Log& log) {
    watch.emplace(loop, path, [this, path, log] { listen_anew(path, log); });
  }

  /// Somebody cleaned up: without its file no command would find the daemon again.
  void listen_anew(const std::filesystem::path& path, const util::Log& log) {
    if (socket.is_named()) return;
    try {
      net::UnixSocket fresh = net::UnixSocket::listen(path);
      server.listen_instead(fresh.get(), http::same_user(::getuid()));
      std::swap(socket, fresh);
      fresh.close();
      watch_socket(path, log);
      log({util::LogLevel::kWarning, "the socket's file was removed, there is a new one"});
    } catch (const std::system_error& failure) {
      log({util::LogLevel::kError, "the socket's file was lost", {{"reason", failure.what()}}});
    }
  }

  const util::Instant started;
  net::EventLoop loop;
  std::unique_ptr<store::Store> store;
  const service::Base base;
  feed::Hub hub;
  hooks::Deliverer hooks;
  Maintenance maintenance;
  UseCases use_cases;
  http::Router router;
  http::AnswerWriter writer;
  http::Server server;
  net::UnixSocket socket;
  std::optional<TcpDoor> door;
  std::optional<net::FileWatch> watch;  ///< of the socket's file
  std::thread loop_thread;
};

Daemon::Daemon(DaemonOptions options, DaemonWorld world)
    : options_(std::move(options)), world_(std::move(world)) {
  parts_ = std::make_unique<Parts>(*this, options_, world_);
}

Daemon::~Daemon() {
  Parts& parts = *parts_;
  parts.maintenance.stop();
  parts.loop.post([&parts, deadline = options_.drain_deadline] {
    parts.watch.reset();
    parts.hub.drain();
    parts.server.drain(deadline, [&parts] { parts.loop.stop(); });
  });
  parts.hooks.stop();
  parts.loop_thread.join();
  parts.socket.close();
}

store::Options Daemon::store_options() {
  return {.clock = &world_.clock,
          .random = &world_.random,
          .committed = [this](const model::Cursor&) { on_commit(); },
          .failed = [this](const std::string& reason) { on_failure(reason); },
          .notice =
              [this](std::string_view line) {
                world_.log({util::LogLevel::kInfo, "store", {{"notice", std::string(line)}}});
              },
          .network_files = options_.network_files,
          .holder = config::to_text({.pid = ::getpid(), .socket = options_.socket.string()})};
}

hooks::DelivererOptions Daemon::hook_options() const {
  hooks::DelivererOptions options = options_.hooks;
  options.log = options.command.log = world_.log;
  options.command.folder = world_.environment("HOME").value_or("/");
  options.command.url = "unix:" + options_.socket.string();
  return options;
}

MaintenanceOptions Daemon::maintenance_options(const service::Base& base) {
  return {.keep_changes = options_.keep_changes,
          .idle_exit = options_.idle_exit,
          .visits = [this]() -> std::optional<std::uint64_t> {
            const Parts* const parts = awake_;
            if (parts == nullptr || parts->hub.figures().readers() > 0 ||
                parts->hooks.figures().behind > 0) {
              return std::nullopt;
            }
            const http::Figures figures = parts->server.figures();
            if (figures.connections > 0) return std::nullopt;
            return figures.accepted;
          },
          .exit = world_.exit,
          .expire_leases = [claims = service::Claims(base)] { return claims.expire(); },
          .log = world_.log};
}

void Daemon::on_commit() {
  if (Parts* const parts = awake_) {
    parts->hub.wake();
    parts->hooks.wake();
    parts->maintenance.committed();
  }
}

void Daemon::on_failure(const std::string& reason) {
  failed_ = true;
  world_.log({util::LogLevel::kError,
              "the store stopped writing; a restart finds out what is on disk",
              {{"reason", reason}}});
  world_.exit();
}

std::string Daemon::metrics() const {
  const Parts& parts = *awake_;
  DaemonFigures figures{.started = parts.started,
                        .head = parts.store->head().rev,
                        .process = process_figures(),
                        .http = parts.server.figures(),
                        .feed = parts.hub.figures(),
                        .hooks = parts.hooks.figures(),
                        .loop_wakeups = parts.loop.wakeups()};
  if (const auto* measured = dynamic_cast<const store::Measured*>(parts.store.get()))
    figures.store = measured->figures();
  return metrics_text(figures);
}

}  // namespace taskman
