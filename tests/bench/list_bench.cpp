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
constexpr int kRounds = 41;

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

/// Milliseconds of one list. A change before it, as nothing is remembered beyond one.
double ask(const Daemon& daemon, const std::string& query) {
  static int points = 0;
  const Target target{.unix_path = daemon.socket()};
  const std::string body = R"({"points":)" + std::to_string(++points % 900) + "}";
  exchange(target,
           json_request("PATCH", "/api/v1/tasks/" + std::to_string(points % 5000 + 1), body));
  const std::string list = "/api/v1/tasks?limit=50&" + query;
  const auto outcome = run_load({.target = target, .requests = 1, .request = [&](int) {
                                   return json_request("GET", list, "");
                                 }});
  if (outcome.failures > 0) throw std::runtime_error(list + " failed");
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
    for (int round = 0; round < kRounds; ++round) {
      few.push_back(ask(small, query.query));
      many.push_back(ask(large, query.query));
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
