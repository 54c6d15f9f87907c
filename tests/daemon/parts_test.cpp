// The daemon's own parts: command line, log, metrics.

#include <fstream>

#include "common/error/error.hpp"
#include "common/wire/json.hpp"
#include "daemon/flags.hpp"
#include "daemon/log_file.hpp"
#include "daemon/metrics.hpp"
#include "support/catch.hpp"
#include "support/manual_clock.hpp"
#include "support/temp_dir.hpp"

namespace taskman::test {
namespace {

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("flags take their value behind a space or an equals sign") {
  const Flags flags = parse_flags(
      {"--db=/a/b.db", "--socket", "/s", "--ready-fd", "7", "--idle-exit=30m", "--foreground"});
  CHECK(flags.database == "/a/b.db");
  CHECK(flags.socket == "/s");
  CHECK(flags.ready_fd == 7);
  CHECK(flags.idle_exit == std::chrono::minutes(30));
  CHECK(flags.log_to == Flags::LogTo::kStderr);
}

TEST_CASE("wrong flags are named") {
  const auto arguments =
      GENERATE(std::vector<std::string>{"--nope"}, std::vector<std::string>{"--db"},
               std::vector<std::string>{"--db="}, std::vector<std::string>{"--ready-fd", "x"},
               std::vector<std::string>{"--log-level", "loud"},
               std::vector<std::string>{"--foreground=yes"}, std::vector<std::string>{"stray"});
  try {
    parse_flags(arguments);
    FAIL("accepted " + arguments[0]);
  } catch (const error::Error& failure) {
    CHECK(failure.code() == error::Code::kUsage);
    CHECK_THAT(failure.message(),
               ContainsSubstring(arguments[0].substr(0, arguments[0].find('='))));
  }
}

TEST_CASE("--help names every flag") {
  for (const FlagDoc& flag : flag_docs())
    CHECK_THAT(help_text(), ContainsSubstring(std::string(flag.name)));
}

TEST_CASE("the log is one JSON object a line, whatever is in it") {
  TempDir folder;
  ManualClock clock;
  LogFile log({.path = folder / "state" / "t.log"}, clock);
  log.write({util::LogLevel::kInfo, "said", {{"what", "line\nbreak \"quote\" \x1b[31m \xff"}}});
  log.write({util::LogLevel::kDebug, "not important enough"});
  const std::string text = text_of(folder / "state" / "t.log");
  REQUIRE(std::ranges::count(text, '\n') == 1);
  CHECK(wire::field_text(text, "at") == "2026-11-23T10:00:00.000Z");
  CHECK(wire::field_text(text, "level") == "info");
  CHECK(wire::field_text(text, "what") == "line\nbreak \"quote\" \x1b[31m \xef\xbf\xbd");
}

TEST_CASE("the log does not grow beyond its bound twice over") {
  TempDir folder;
  ManualClock clock;
  LogFile log({.path = folder / "t.log", .max_bytes = 10'000}, clock);
  for (int i = 0; i < 1000; ++i) log.write({util::LogLevel::kInfo, "a line of some length"});
  CHECK(std::filesystem::file_size(folder / "t.log") <= 10'000);
  CHECK(std::filesystem::file_size(folder / "t.log.1") <= 10'000);
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 2);
}

TEST_CASE("two daemons that share a log do not throw each other's lines away") {
  TempDir folder;
  ManualClock clock;
  LogFile one({.path = folder / "t.log", .max_bytes = 4'000}, clock);
  LogFile two({.path = folder / "t.log", .max_bytes = 4'000}, clock);
  two.write({util::LogLevel::kInfo, "the other's line"});
  while (!std::filesystem::exists(folder / "t.log.1"))
    one.write({util::LogLevel::kInfo, "a line of some length"});
  const auto turned_over = std::filesystem::file_size(folder / "t.log.1");
  for (int i = 0; i < 20; ++i) two.write({util::LogLevel::kInfo, "the other's line"});
  CHECK(std::filesystem::file_size(folder / "t.log.1") >= turned_over);
}

TEST_CASE("metrics are Prometheus text") {
  DaemonFigures figures{.head = 7};
  figures.http.requests = {
      {.method = "GET", .path = "/api/v1/tasks/{id}", .status = 200, .count = 3, .seconds = 0.5}};
  figures.store = store::Figures{.commits = 2};
  const std::string text = metrics_text(figures);
  CHECK_THAT(text, ContainsSubstring(
                       "# TYPE taskman_http_requests_total counter\n"
                       "taskman_http_requests_total{method=\"GET\",path=\"/api/v1/tasks/{id}\","
                       "status=\"200\"} 3\n"));
  CHECK_THAT(text, ContainsSubstring("taskman_log_head 7\n"));
  CHECK_THAT(text, ContainsSubstring("taskman_store_commits_total 2\n"));
  for (std::size_t at = 0, end = 0; (end = text.find('\n', at)) != std::string::npos;
       at = end + 1) {
    const std::string line = text.substr(at, end - at);
    CHECK((line.starts_with("# HELP taskman_") || line.starts_with("# TYPE taskman_") ||
           line.starts_with("taskman_")));
  }
}

}  // namespace taskman::test
