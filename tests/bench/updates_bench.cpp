// Durable task updates over the Unix socket, one changeset each, beside etcd's put and bare SQLite.

#include <cstdio>
#include <cstdlib>
#include <string>

#include <SQLiteCpp/SQLiteCpp.h>

#include <chrono>
#include <optional>

#include "tests/bench/load.hpp"
#include "tests/bench/program.hpp"

namespace {

using namespace taskman::bench;

constexpr int kTasks = 10'000;
constexpr std::uint16_t kEtcdPort = 23790;

void report(const char* name, const Outcome& outcome) {
  std::printf("%-44s %9.0f/s  p50 %7.2f ms  p99 %7.2f ms  failures %d\n", name, outcome.per_second,
              outcome.p50_ms, outcome.p99_ms, outcome.failures);
}

void fill(const Target& target) {
  std::string lines;
  for (int i = 0; i < kTasks; ++i) {
    lines += R"({"kind":"task","title":"Task number )" + std::to_string(i) +
             R"(","points":3})"
             "\n";
  }
  const auto request =
      "POST /api/v1/import HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
      "Content-Length: " +
      std::to_string(lines.size()) + "\r\n\r\n" + lines;
  exchange(target, request);
}

/// Each request moves one task's points, so each is a change and a changeset.
Outcome update_tasks(const Target& target, int connections, int requests, int run) {
  return run_load({.target = target,
                   .connections = connections,
                   .requests = requests,
                   .request = [run](int number) {
                     const int id = number % kTasks + 1;
                     const int points = (number / kTasks + 10 * run) % 900 + 4;
                     return json_request("PATCH", "/api/v1/tasks/" + std::to_string(id),
                                         R"({"points":)" + std::to_string(points) + "}",
                                         "Idempotency-Key: b" + std::to_string(run) + "-" +
                                             std::to_string(number) + "\r\n");
                   }});
}

Outcome put_keys(const Target& target, int connections, int requests) {
  return run_load(
      {.target = target, .connections = connections, .requests = requests, .request = [](int) {
         return json_request(
             "POST", "/v3/kv/put",
             R"({"key":"dGFzay80Mg==","value":"eyJzdGF0dXMiOiJkb25lIiwidmVyc2lvbiI6N30="})");
       }});
}

/// The floor: one update and one insert a transaction, nothing else.
double bare_sqlite(const Folder& folder, int transactions) {
  SQLite::Database db(folder / "bare.db", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  db.exec(
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
      "CREATE TABLE task(id INTEGER PRIMARY KEY, points INTEGER);"
      "CREATE TABLE log(rev INTEGER PRIMARY KEY, text TEXT);"
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<10000) INSERT INTO "
      "task SELECT i,3 FROM n");
  SQLite::Statement update(db, "UPDATE task SET points=? WHERE id=?");
  SQLite::Statement insert(db, "INSERT INTO log(text) VALUES(?)");
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < transactions; ++i) {
    db.exec("BEGIN IMMEDIATE");
    update.bind(1, i);
    update.bind(2, i % kTasks + 1);
    update.exec();
    update.reset();
    insert.bind(
        1,
        R"([{"type":"task.updated","id":42,"version":7,"set":{"points":5},"was":{"points":3}}])");
    insert.exec();
    insert.reset();
    db.exec("COMMIT");
  }
  return transactions /
         std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

struct Etcd {
  explicit Etcd(const Folder& folder, const std::string& path)
      : program({path, "--data-dir", folder / "etcd", "--listen-client-urls",
                 "http://127.0.0.1:23790", "--advertise-client-urls", "http://127.0.0.1:23790",
                 "--listen-peer-urls", "http://127.0.0.1:23791", "--initial-advertise-peer-urls",
                 "http://127.0.0.1:23791", "--initial-cluster", "default=http://127.0.0.1:23791"}) {
    wait_until("etcd answers", [] {
      try {
        return put_keys({.port = kEtcdPort}, 1, 1).failures == 0;
      } catch (const std::exception&) {
        return false;
      }
    });
  }
  Program program;
};

}  // namespace

int main() try {
  const Folder folder;
  const double floor = bare_sqlite(folder, 4000);
  std::printf("%-44s %9.0f/s\n", "bare SQLite, WAL, synchronous=FULL", floor);

  Outcome one;
  Outcome many;
  {
    const Daemon daemon(folder);
    const Target target{.unix_path = daemon.socket()};
    fill(target);
    update_tasks(target, 8, 4000, 0);
    one = update_tasks(target, 1, 6000, 1);
    many = update_tasks(target, 64, 100'000, 2);
  }
  report("taskmand, 1 connection", one);
  report("taskmand, 64 connections", many);

  std::optional<double> peer;
  if (const auto etcd = find_on_path("etcd"); !etcd.empty()) {
    const Etcd running(folder, etcd);
    report("etcd put, 1 connection", put_keys({.port = kEtcdPort}, 1, 3000));
    const auto puts = put_keys({.port = kEtcdPort}, 64, 20'000);
    report("etcd put, 64 connections", puts);
    peer = puts.per_second;
  }
  std::printf("\n%-44s %6.2f x  (target >= 0.5)\n", "1 connection / bare SQLite",
              one.per_second / floor);
  std::printf("%-44s %6.0f /s (target >= 20000), p99 %.2f ms (target <= 10)\n", "64 connections",
              many.per_second, many.p99_ms);
  if (peer)
    std::printf("%-44s %6.2f x  (target >= 3)\n", "64 connections / etcd", many.per_second / *peer);
  if (!peer) std::printf("etcd is not installed (package etcd-server): no peer in this run\n");
  return 0;
} catch (const std::exception& failure) {
  std::fprintf(stderr, "updates_bench: %s\n", failure.what());
  return 1;
}
