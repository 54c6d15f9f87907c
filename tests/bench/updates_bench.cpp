// Durable task updates over the Unix socket, one changeset each, in turn with bare SQLite and
// etcd's put.

#include <SQLiteCpp/SQLiteCpp.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "common/util/fd.hpp"
#include "tests/bench/load.hpp"
#include "tests/bench/program.hpp"
#include "tests/bench/row.hpp"
#include "tests/bench/streams.hpp"

namespace {

using namespace taskman::bench;

constexpr int kTasks = 10'000;
constexpr int kRounds = 7;

/// Each request moves one task's points, so each is a change and a changeset; each has a key of its
/// own. They are numbered on from round to round.
class Updates {
 public:
  explicit Updates(const Target& target) : target_(target) {}

  Outcome run(int connections, int requests) {
    const Outcome outcome =
        run_load({.target = target_,
                  .connections = connections,
                  .requests = requests,
                  .request = [this](int number) { return request(next_ + number); }});
    next_ += requests;
    if (outcome.failures > 0) throw std::runtime_error("updates failed");
    return outcome;
  }

 private:
  /// Scattered over the tasks, as changes are; keys grow with time, as those of `taskman` do.
  static std::string request(int number) {
    const auto id = static_cast<std::int64_t>(number) * 7919 % kTasks + 1;
    const int points = number / kTasks % 900 + 4;
    const std::string key = std::to_string(1'000'000'000 + number) + "-" +
                            std::to_string(static_cast<unsigned>(number) * 2654435761U);
    return json_request("PATCH", "/api/v1/tasks/" + std::to_string(id),
                        R"({"points":)" + std::to_string(points) + "}",
                        "Idempotency-Key: " + key + "\r\n");
  }

  Target target_;
  int next_ = 0;
};

/// The floor: one update and one insert a transaction, nothing else.
class BareSqlite {
 public:
  explicit BareSqlite(const std::string& path)
      : db_(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE), made_(make(db_)) {}

  double per_second(int transactions) {
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < transactions; ++i) change(next_++);
    return transactions /
           std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }

 private:
  static bool make(SQLite::Database& db) {
    db.exec(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "CREATE TABLE task(id INTEGER PRIMARY KEY, points INTEGER);"
        "CREATE TABLE log(rev INTEGER PRIMARY KEY, text TEXT);"
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<10000)"
        "INSERT INTO task SELECT i,3 FROM n");
    return true;
  }

  void change(int number) {
    db_.exec("BEGIN IMMEDIATE");
    update_.bind(1, number);
    update_.bind(2, static_cast<std::int64_t>(number) * 7919 % kTasks + 1);
    update_.exec();
    update_.reset();
    insert_.bind(1, kText);
    insert_.exec();
    insert_.reset();
    db_.exec("COMMIT");
  }

  static constexpr const char* kText =
      R"([{"type":"task.updated","id":42,"version":7,"set":{"points":5},"was":{"points":3}}])";
  SQLite::Database db_;
  bool made_;
  SQLite::Statement update_{db_, "UPDATE task SET points=? WHERE id=?"};
  SQLite::Statement insert_{db_, "INSERT INTO log(text) VALUES(?)"};
  int next_ = 0;
};

/// A port of 127.0.0.1 that was free a moment ago.
std::uint16_t free_port() {
  const taskman::util::Fd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ::bind(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address);
  ::getsockname(fd.get(), reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

/// The peer, on a private port and folder.
class Etcd {
 public:
  Etcd(const Folder& folder, const std::string& path)
      : target_{.port = free_port()}, program_(command(folder, path, target_.port)) {
    wait_until("etcd answers", [&] {
      try {
        return put(1, 1).failures == 0;
      } catch (const std::exception&) {
        return false;
      }
    });
  }

  Outcome put(int connections, int requests) const {
    return run_load({.target = target_,
                     .connections = connections,
                     .requests = requests,
                     .request = [](int number) {
                       // base64 of four digits: always eight characters, as keys are bytes there.
                       const std::string key = std::to_string(1000 + number % 9000);
                       return json_request(
                           "POST", "/v3/kv/put",
                           R"({"key":"dGFz)" + key +
                               R"(","value":"eyJzdGF0dXMiOiJkb25lIiwidmVyc2lvbiI6N30="})");
                     }});
  }

 private:
  static std::vector<std::string> command(const Folder& folder, const std::string& path,
                                          std::uint16_t port) {
    const std::string clients = "http://127.0.0.1:" + std::to_string(port);
    const std::string peers = "http://127.0.0.1:" + std::to_string(free_port());
    return {path,
            "--data-dir",
            folder / "etcd",
            "--listen-client-urls",
            clients,
            "--advertise-client-urls",
            clients,
            "--listen-peer-urls",
            peers,
            "--initial-advertise-peer-urls",
            peers,
            "--initial-cluster",
            "default=" + peers};
  }

  Target target_;
  Program program_;
};

struct Figures {
  std::vector<double> bare, one, many, many_p99, micros, puts;
};

void one_round(Figures& figures, BareSqlite& bare, Updates& updates, pid_t daemon,
               const Etcd* etcd) {
  figures.bare.push_back(bare.per_second(1000));
  figures.one.push_back(updates.run(1, 1500).per_second);
  const double cpu = cpu_seconds(daemon);
  constexpr int kMany = 20'000;
  const Outcome many = updates.run(64, kMany);
  figures.micros.push_back((cpu_seconds(daemon) - cpu) * 1e6 / kMany);
  figures.many.push_back(many.per_second);
  figures.many_p99.push_back(many.p99_ms);
  if (etcd != nullptr) figures.puts.push_back(etcd->put(64, 5000).per_second);
}

void report(const Figures& figures) {
  const double to_floor = median_ratio(figures.one, figures.bare);
  print({.what = "durable updates, 1 connection",
         .figure = with_unit(median(figures.one), "/s", 0),
         .beside = "bare SQLite, WAL, FULL " + with_unit(median(figures.bare), "/s", 0),
         .ratio = with_unit(to_floor, " ×"),
         .target = "≥ 0.5 ×",
         .met = to_floor >= 0.5});
  print({.what = "durable updates, 64 connections",
         .figure = with_unit(median(figures.many), "/s", 0) + ", " +
                   with_unit(median(figures.micros), " µs of CPU each", 0),
         .beside = "bare SQLite, one after the other " + with_unit(median(figures.bare), "/s", 0),
         .ratio = with_unit(median_ratio(figures.many, figures.bare), " ×", 1),
         .target = "≥ 20,000/s",
         .met = median(figures.many) >= 20'000});
  print({.what = "… the slowest hundredth",
         .figure = with_unit(median(figures.many_p99), " ms"),
         .beside = "",
         .ratio = "",
         .target = "≤ 10 ms",
         .met = median(figures.many_p99) <= 10});
  if (figures.puts.empty()) return;
  const double to_peer = median_ratio(figures.many, figures.puts);
  print({.what = "… beside etcd",
         .figure = with_unit(median(figures.many), "/s", 0),
         .beside = "put, 64 connections " + with_unit(median(figures.puts), "/s", 0),
         .ratio = with_unit(to_peer, " ×", 1),
         .target = "≥ 3 ×",
         .met = to_peer >= 3});
}

}  // namespace

int main() try {
  const Folder folder;
  const Daemon daemon(folder);
  const Target target{.unix_path = daemon.socket()};
  add_tasks(target, kTasks);
  BareSqlite bare(folder / "bare.db");
  Updates updates(target);
  std::unique_ptr<Etcd> etcd;
  if (const auto path = find_on_path("etcd"); !path.empty())
    etcd = std::make_unique<Etcd>(folder, path);
  else
    std::printf("etcd is not installed: no peer in this run\n");
  Figures warm_up;
  one_round(warm_up, bare, updates, daemon.pid(), etcd.get());
  Figures figures;
  for (int round = 0; round < kRounds; ++round)
    one_round(figures, bare, updates, daemon.pid(), etcd.get());
  report(figures);
  return 0;
} catch (const std::exception& failure) {
  std::fprintf(stderr, "updates_bench: %s\n", failure.what());
  return 1;
}
