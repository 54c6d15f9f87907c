// What the daemon costs when nothing happens, and when readers only ask whether something did.
//   idle_bench [seconds]

#include <cstdio>
#include <stdexcept>
#include <thread>

#include "load.hpp"
#include "program.hpp"
#include "streams.hpp"

namespace {

using namespace taskman::bench;

struct Idle {
  long switches = 0;
  double cpu_ms = 0;
};

Idle idle_for(pid_t pid, std::chrono::seconds time) {
  const long before = context_switches(pid);
  const double cpu = cpu_seconds(pid);
  std::this_thread::sleep_for(time);
  return {.switches = context_switches(pid) - before, .cpu_ms = (cpu_seconds(pid) - cpu) * 1000};
}

double metric(const Target& target, const std::string& name) {
  const std::string text = exchange(target, json_request("GET", "/metrics", ""));
  const auto at = text.find("\n" + name + " ");
  return at == std::string::npos ? 0 : std::stod(text.substr(at + name.size() + 2));
}

void polls(const Target& target, pid_t daemon) {
  const std::string head = exchange(target, json_request("GET", "/api/v1/events?limit=1", ""));
  const auto at = head.rfind("\"cursor\":\"");
  if (at == std::string::npos) throw std::runtime_error("no cursor in: " + head);
  const std::string cursor = head.substr(at + 10, head.find('"', at + 10) - at - 10);
  const std::string request = json_request("GET", "/api/v1/events?since=" + cursor, "",
                                           "If-None-Match: \"" + cursor + "\"\r\n");
  const double statements = metric(target, "taskman_store_statements_total");
  const double cpu = cpu_seconds(daemon);
  constexpr int kPolls = 100'000;
  const Outcome outcome =
      run_load({.target = target, .connections = 8, .requests = kPolls, .request = [&](int) {
                  return request;
                }});
  const double per_core = kPolls / (cpu_seconds(daemon) - cpu);
  std::printf(
      "idle polls (304), 8 connections: %.0f/s; %.0f/s a core of the daemon (target >= 40000), p99 "
      "%.3f ms, SQL statements %.0f\n",
      outcome.per_second, per_core, outcome.p99_ms,
      metric(target, "taskman_store_statements_total") - statements);
  if (outcome.failures > 0) throw std::runtime_error("polls failed");
}

}  // namespace

int main(int argc, char** argv) try {
  const std::chrono::seconds time(argc > 1 ? std::stoi(argv[1]) : 30);
  const Folder folder;
  const Daemon daemon(folder);
  const Target target{.unix_path = daemon.socket()};
  exchange(target, json_request("POST", "/api/v1/tasks", R"({"title":"t"})"));
  std::printf("resident after the first task: %ld KiB, of it anonymous %ld KiB (target <= 15360)\n",
              status_number(daemon.pid(), "VmRSS"), status_number(daemon.pid(), "RssAnon"));
  // Workers linger, and the last commit is checkpointed: wait for that first.
  std::this_thread::sleep_for(std::chrono::seconds(25));
  const Idle idle = idle_for(daemon.pid(), time);
  std::printf("idle for %lld s: %ld context switches, %.2f ms CPU; resident %ld KiB\n",
              static_cast<long long>(time.count()), idle.switches, idle.cpu_ms,
              status_number(daemon.pid(), "VmRSS"));
  polls(target, daemon.pid());
  return 0;
} catch (const std::exception& failure) {
  std::fprintf(stderr, "idle_bench: %s\n", failure.what());
  return 1;
}
