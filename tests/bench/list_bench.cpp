// Lists of 50 tasks out of a small and a large store, as the daemon answers them.

#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/bench/load.hpp"
#include "tests/bench/program.hpp"
#include "tests/bench/row.hpp"

namespace {

using namespace taskman::bench;

constexpr int kSmall = 10'000;
constexpr int kLarge = 100'000;

struct Query {
  const char* name;
  const char* query;
};

constexpr Query kQueries[] = {
    {"open ones", "filter=is%3Aopen"},
    {"all", ""},
    {"`status:todo`", "filter=status%3Atodo"},
    {"`priority:p1`, open, newest change first",
     "filter=priority%3Ap1%20is%3Aopen&sort=priority,-updated"},
    {"`label:l7`, open", "filter=label%3Al7%20is%3Aopen"},
    {"newest change first", "filter=is%3Aopen&sort=-updated"},
    {"by due date", "filter=is%3Aopen&sort=due"},
    {"`title:77`, open", "filter=title%3A77%20is%3Aopen"},
};

double ask(const Daemon& daemon, const std::string& target) {
  const auto outcome = run_load({.target = {.unix_path = daemon.socket()},
                                 .connections = 1,
                                 .requests = 41,
                                 .request = [&](int) { return json_request("GET", target, ""); }});
  if (outcome.failures > 0) throw std::runtime_error(target + " failed");
  return outcome.p50_ms;
}

}  // namespace

int main() try {
  const Folder folders[2];
  const Daemon small(folders[0]);
  const Daemon large(folders[1]);
  add_tasks({.unix_path = small.socket()}, kSmall);
  add_tasks({.unix_path = large.socket()}, kLarge);
  for (const auto& query : kQueries) {
    std::vector<double> few;
    std::vector<double> many;
    for (int round = 0; round < 5; ++round) {
      const std::string target = std::string("/api/v1/tasks?limit=50&") + query.query;
      few.push_back(ask(small, target));
      many.push_back(ask(large, target));
    }
    print({.what = std::string("list 50 of 100,000: ") + query.name,
           .figure = with_unit(median(many), " ms"),
           .beside = "of 10,000 " + with_unit(median(few), " ms"),
           .ratio = with_unit(median_ratio(many, few), " ×"),
           .target = "≤ 2 ms",
           .met = median(many) <= 2});
  }
  return 0;
} catch (const std::exception& failure) {
  std::fprintf(stderr, "list_bench: %s\n", failure.what());
  return 1;
}
