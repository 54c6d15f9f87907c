// Whole processes: `task done` warm and cold, `task list`, beside an empty C++ program and
// Taskwarrior. Runs alternate, so that a machine that drifts drifts for both.

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/bench/load.hpp"
#include "tests/bench/program.hpp"

namespace {

using namespace taskman::bench;

constexpr int kTasks = 10'000;
constexpr int kRuns = 201;
constexpr int kColdRuns = 21;

void import_tasks(const Folder& folder, const std::string& taskman, int count) {
  const auto path = folder / "tasks.jsonl";
  std::ofstream file(path);
  for (int i = 0; i < count; ++i) {
    file << R"({"title":"Task number )" << i << R"(","priority":"p)" << i % 4 << R"(","labels":["l)"
         << i % 50 << "\"]}\n";
  }
  file.close();
  time_run({taskman, "import", path, "--from", "jsonl"});
}

struct Pair {
  std::vector<double> ours;
  std::vector<double> floor;
};

void warm(const std::string& taskman, const std::string& empty) {
  Pair times;
  for (int i = 0; i < kRuns; ++i) {
    times.ours.push_back(time_run({taskman, "task", "done", std::to_string(i + 1)}));
    times.floor.push_back(time_run({empty}));
  }
  const double ours = median(times.ours);
  const double floor = median(times.floor);
  std::printf("%-44s %7.2f ms\n%-44s %7.2f ms\n", "task done, warm", ours, "empty C++ program",
              floor);
  std::printf("%-44s %7.2f x  (target <= 1.5)\n", "  ratio", ours / floor);
}

void list(const std::string& taskman, const std::string& socket, int stored) {
  std::vector<double> command;
  for (int i = 0; i < 51; ++i) {
    command.push_back(time_run(
        {taskman, "task", "list", "priority:p1", "--sort", "priority,-updated", "--limit", "50"}));
  }
  const auto daemon = run_load(
      {.target = {.unix_path = socket}, .connections = 1, .requests = 200, .request = [](int) {
         return json_request(
             "GET",
             "/api/v1/tasks?filter=priority%3Ap1%20is%3Aopen&sort=priority,-updated&limit=50", "");
       }});
  std::printf("task list 50 of %-28d %7.2f ms, the daemon's part %.2f ms (target <= 2)\n", stored,
              median(command), daemon.p50_ms);
}

void cold(const std::string& taskman) {
  std::vector<double> known;
  for (int i = 0; i < kColdRuns; ++i) {
    time_run({taskman, "daemon", "stop"});
    known.push_back(time_run({taskman, "task", "done", std::to_string(1000 + i)}));
  }
  std::printf("%-44s %7.2f ms (target <= 40)\n", "task done, cold, store there", median(known));
}

void first_ever(const std::string& taskman) {
  std::vector<double> times;
  for (int i = 0; i < kColdRuns; ++i) {
    const Folder fresh;
    ::setenv("TASKMAN_DB", (fresh / "t.db").c_str(), 1);
    times.push_back(time_run({taskman, "task", "add", "First"}));
    time_run({taskman, "daemon", "stop"});
  }
  std::printf("%-44s %7.2f ms (target <= 80)\n", "task add, cold, first ever", median(times));
}

void peer(const Folder& folder, double ours) {
  const auto task = find_on_path("task");
  if (task.empty()) {
    std::printf("Taskwarrior is not installed (package taskwarrior): no peer in this run\n");
    return;
  }
  const auto rc = folder / "taskrc";
  std::ofstream(rc) << "data.location=" << folder / "taskdata"
                    << "\nconfirmation=off\nnews.version=9.9.9\nhooks=off\n";
  std::ofstream tasks(folder / "tw.json");
  for (int i = 0; i < kTasks; ++i)
    tasks << R"({"description":"Task number )" << i << "\",\"status\":\"pending\"}\n";
  tasks.close();
  time_run({task, "rc:" + rc, "import", folder / "tw.json"});
  std::vector<double> times;
  for (int i = 0; i < 7; ++i) {
    times.push_back(time_run({task, "rc:" + rc, std::to_string(i + 1), "modify", "priority:H"}));
  }
  std::printf("%-44s %7.2f ms\n", "Taskwarrior modify, 10,000 tasks", median(times));
  std::printf("%-44s %7.1f x  (target >= 40)\n", "  Taskwarrior / task done", median(times) / ours);
}

double warm_median(const std::string& taskman) {
  std::vector<double> times;
  for (int i = 0; i < 51; ++i)
    times.push_back(time_run({taskman, "task", "done", std::to_string(5000 + i)}));
  return median(times);
}

}  // namespace

int main() try {
  const Folder folder;
  ::setenv("HOME", (folder / "home").c_str(), 1);
  ::setenv("XDG_RUNTIME_DIR", (folder / "run").c_str(), 1);
  ::setenv("XDG_DATA_HOME", (folder / "data").c_str(), 1);
  ::setenv("XDG_STATE_HOME", (folder / "state").c_str(), 1);
  ::setenv("XDG_CONFIG_HOME", (folder / "config").c_str(), 1);
  for (const char* name : {"home", "run"}) std::filesystem::create_directories(folder / name);
  std::filesystem::permissions(folder / "run", std::filesystem::perms::owner_all);
  const auto taskman = program_path("taskman");
  const auto db = folder / "bench.db";
  {
    const Daemon daemon(folder);
    ::setenv("TASKMAN_URL", ("unix:" + daemon.socket()).c_str(), 1);
    import_tasks(folder, taskman, kTasks);
    warm(
        taskman,
        (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "empty_program").string());
    list(taskman, daemon.socket(), kTasks);
    peer(folder, warm_median(taskman));
    for (int i = 0; i < 9; ++i) import_tasks(folder, taskman, kTasks);
    list(taskman, daemon.socket(), 10 * kTasks);
    time_run({taskman, "daemon", "stop"});
  }
  ::unsetenv("TASKMAN_URL");
  ::setenv("TASKMAN_DB", db.c_str(), 1);
  cold(taskman);
  time_run({taskman, "daemon", "stop"});
  first_ever(taskman);
  return 0;
} catch (const std::exception& failure) {
  std::fprintf(stderr, "cli_bench: %s\n", failure.what());
  return 1;
}
