#include "cli/client/control.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "cli/client/cut_off.hpp"
#include "common/config/holder.hpp"
#include "common/error/error.hpp"
#include "common/wire/envelope.hpp"
#include "common/wire/paths.hpp"

namespace taskman::client {
namespace {

using error::Code;
using error::Error;

constexpr int kAskAgain = 2;  // ms; neither flock(2) nor connect(2) tells when to ask again

void pause() { ::poll(nullptr, 0, kAskAgain); }

std::optional<ucred> peer_of(const Connection& connection) {
  ucred peer{};
  socklen_t size = sizeof peer;
  if (::getsockopt(connection.descriptor(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0)
    return std::nullopt;
  return peer;
}

/// None when nobody listens.
std::optional<Connection> reach(const std::string& socket, const Deadline& deadline) {
  auto connection = Connection::open(socket, deadline);
  if (connection || errno == ENOENT || errno == ECONNREFUSED) return connection;
  if (errno == EAGAIN) throw OutOfTime{};  // its backlog stayed full
  throw Error(Code::kUnreachable, "cannot connect to " + socket + ": " + std::strerror(errno),
              "see: taskman where");
}

std::string name_of(std::int64_t pid) {
  return pid > 0 ? "process " + std::to_string(pid) : std::string("a process");
}

Error silent(const config::Paths& paths, std::int64_t pid) {
  const std::string hint = pid > 0 ? "to end it without its help: kill -9 " + std::to_string(pid)
                                   : "look into the log: " + paths.log;
  return {Code::kTimeout,
          fmt::format("the daemon ({}) does not answer on {}", name_of(pid), paths.socket), hint};
}

/// The process behind a silent socket, as far as it is known.
std::int64_t holder_pid(const config::Paths& paths) {
  const auto holder = config::find_holder(paths.lock);
  return holder ? holder->pid : 0;
}

/// Throws ConnectionLost, OutOfTime.
wire::Health exchange(Connection& connection, const HttpRequest& request,
                      const Deadline& deadline) {
  connection.send(request, deadline);
  const HttpAnswer answer = connection.read_answer(deadline);
  if (answer.status >= 400) throw wire::decode_problem(answer.body, answer.status);
  return wire::decode_health(wire::decode_envelope(answer.body).data);
}

wire::Health ask(Connection& connection, const Deadline& deadline) {
  const std::string path(wire::kHealth);
  return exchange(connection, {.target = path, .headers = {}, .body = {}}, deadline);
}

/// Whether a command is just starting a daemon on this socket.
bool is_starting(const std::string& socket) {
  const util::Fd fd(::open((socket + ".start").c_str(), O_RDONLY | O_CLOEXEC));
  return fd && ::flock(fd.get(), LOCK_SH | LOCK_NB) != 0;
}

/// Who answers on the connection, as it says itself; when its store does not let it, as the lock
/// and the socket say.
std::int64_t pid_of(const config::Paths& paths, Connection& connection, const Deadline& deadline) {
  try {
    return ask(connection, deadline).pid;
  } catch (const Error& failure) {
    if (failure.code() != Code::kStorageUnavailable) throw;
    const auto holder = config::find_holder(paths.lock);
    if (holder && holder->socket == paths.socket) return holder->pid;
    const auto peer = peer_of(connection);
    return peer ? peer->pid : 0;
  }
}

/// Somebody holds the database, and nobody listens.
void check_holder(const config::Paths& paths, const config::Holder& holder,
                  const Deadline& deadline) {
  if (!holder.socket.empty() && holder.socket != paths.socket) {
    throw Error(Code::kConflict,
                fmt::format("the daemon of {} ({}) listens on {}, not on {}", paths.database,
                            name_of(holder.pid), holder.socket, paths.socket),
                "name that socket: --url unix:" + holder.socket);
  }
  if (deadline.passed()) throw silent(paths, holder.pid);
}

/// The daemon's process, when it is of this machine and not behind a forwarded socket.
std::optional<Process> process_of(const config::Paths& paths, const Connection& connection,
                                  std::int64_t pid) {
  const auto peer = peer_of(connection);
  if ((!peer || peer->pid != pid) && holder_pid(paths) != pid) return std::nullopt;
  return Process::find(pid);
}

/// `pid` is whom it ends, set before it begins to. Throws ConnectionLost, OutOfTime.
void end_by_request(const config::Paths& paths, Connection& connection, const Deadline& deadline,
                    std::optional<std::int64_t>& pid) {
  pid = pid_of(paths, connection, deadline);
  const auto process = process_of(paths, connection, *pid);
  exchange(connection,
           {.method = "POST",
            .target = std::string(wire::kShutdown),
            .headers = {{wire::kOriginHeader, std::string(wire::kCliOrigin)}},
            .body = {}},
           deadline);
  if (process && !process->wait(deadline)) throw OutOfTime{};
}

/// One that takes no connection more cannot be asked: it gets a signal.
void end(const config::Paths& paths, Connection& connection, const Deadline& deadline,
         std::optional<std::int64_t>& pid) {
  try {
    end_by_request(paths, connection, deadline, pid);
  } catch (const Error& failure) {
    const auto holder = config::find_holder(paths.lock);
    const bool is_full = failure.code() == Code::kOverloaded;
    if (!is_full || !holder || holder->socket != paths.socket) throw;
    const auto process = process_of(paths, connection, holder->pid);
    if (!process) throw;
    pid = process->pid();
    process->terminate();
    if (!process->wait(deadline)) throw OutOfTime{};
  }
}

}  // namespace

void check_peer(const Connection& connection, const std::string& socket) {
  const auto peer = peer_of(connection);
  if (peer && (peer->uid == ::geteuid() || peer->uid == 0)) return;
  throw Error(Code::kForbidden,
              fmt::format("the daemon on {} runs as user {}, not as you", socket,
                          peer ? std::to_string(peer->uid) : "unknown"),
              "if you trust it, name it: --url unix:" + socket);
}

void check_database(Connection& connection, const config::Paths& paths, const Deadline& deadline) {
  const auto holder = config::find_holder(paths.lock);
  if (holder && holder->socket == paths.socket) return;
  const wire::Health health = ask(connection, deadline);
  if (health.database.empty() || health.database == paths.database) return;
  throw Error(Code::kUnreachable,
              fmt::format("the daemon on {} serves {}, not {}", paths.socket, health.database,
                          paths.database),
              "leave out the socket (TASKMAN_SOCKET) or the database (TASKMAN_DB); who says which: "
              "taskman where");
}

std::optional<wire::Health> find_health(const config::Paths& paths, const Deadline& deadline) {
  for (;;) {
    try {
      auto connection = reach(paths.socket, deadline);
      if (!connection) return std::nullopt;
      return ask(*connection, deadline);
    } catch (const ConnectionLost&) {
      // It ended in this moment; the next look finds nobody, or its successor.
      if (deadline.passed()) throw silent(paths, holder_pid(paths));
    } catch (const OutOfTime&) {
      throw silent(paths, holder_pid(paths));
    }
    pause();
  }
}

std::optional<std::int64_t> stop_daemon(const config::Paths& paths, const Deadline& deadline,
                                        Starting starting) {
  std::optional<std::int64_t> ended;
  for (;; pause()) {
    try {
      // What listens after that is a supervisor's, or of a command that wanted another.
      if (auto connection = reach(paths.socket, deadline)) {
        end(paths, *connection, deadline, ended);
        return ended;
      }
    } catch (const ConnectionLost&) {
      if (deadline.passed()) throw silent(paths, holder_pid(paths));
      continue;
    } catch (const OutOfTime&) {
      throw silent(paths, holder_pid(paths));
    }
    const auto holder = config::find_holder(paths.lock);
    const bool comes = starting == Starting::kWait && is_starting(paths.socket);
    if (!holder && !comes) return ended;
    if (holder) check_holder(paths, *holder, deadline);
    if (const auto lost = find_cut_off(paths, deadline)) {
      lost->terminate();
      if (!lost->wait(deadline)) throw silent(paths, lost->pid());
      return lost->pid();
    }
    if (deadline.passed()) throw silent(paths, 0);
  }
}

}  // namespace taskman::client
