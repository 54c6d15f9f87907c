#include "daemon/http/routes/feed_request.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "daemon/http/routes/common.hpp"

namespace taskman::http {
namespace {

using error::Code;
using error::Error;

constexpr std::int64_t kUsualLimit = 1000;
constexpr std::array<std::string_view, 6> kSelecting{"filter", "types",   "task",
                                                     "sprint", "project", "sprints_of"};

/// A parameter that only one way of reading takes.
struct Only {
  std::string_view name;
  Way way;
};
constexpr std::array kOnly{Only{"latest", Way::kPoll}, Only{"limit", Way::kPoll},
                           Only{"wait", Way::kPoll}, Only{"snapshot", Way::kStream}};

/// Two of which one would win.
struct Pair {
  std::string_view name;
  std::string_view other;
};
constexpr std::array kEither{Pair{"latest", "since"}, Pair{"latest", "limit"},
                             Pair{"snapshot", "since"}};

void check_way(const Request& request, Way way) {
  for (const Only& only : kOnly) {
    if (only.way == way || !request.param(only.name)) continue;
    const bool streams = way == Way::kStream;
    throw Error(
        Code::kInvalidValue,
        fmt::format("{} is of a {}, and this is a {}", only.name, streams ? "poll" : "stream",
                    streams ? "stream" : "poll"),
        fmt::format("leave it out, or accept {}",
                    streams ? "application/json" : "text/event-stream or application/x-ndjson"),
        {{std::string(only.name), streams ? "of a stream" : "of a poll"}});
  }
}

bool is_given(const Request& request, std::string_view name) {
  return name == "snapshot" ? flag_param(request, name) : request.param(name).has_value();
}

void check_pairs(const Request& request) {
  for (const Pair& pair : kEither) {
    if (!is_given(request, pair.name) || !is_given(request, pair.other)) continue;
    throw Error(
        Code::kInvalidValue, fmt::format("{} and {} cannot both be obeyed", pair.other, pair.name),
        "give one of them", {{std::string(pair.name), "beside " + std::string(pair.other)}});
  }
  if (!request.param("sprints_of") || request.param("filter")) return;
  throw Error(Code::kInvalidValue,
              "sprints_of says whose sprints a filter means, and there is none",
              "give a filter beside it, or project=KEY to select a project's changes",
              {{"sprints_of", "without filter"}});
}

/// Several, with commas between them. A name without a value, which a script's empty variable
/// leaves, is not taken for everything.
std::string list_of(const Request& request, std::string_view name, std::string_view hint) {
  const auto list = request.param(name);
  if (list && list->empty()) {
    throw Error(Code::kInvalidValue, fmt::format("{} is empty", name), std::string(hint),
                {{std::string(name), "empty"}});
  }
  return list.value_or("");
}

std::vector<model::TaskId> tasks_of(const Request& request) {
  constexpr std::string_view kHint = "give task=42 or task=3,17";
  std::vector<model::TaskId> tasks;
  const std::string list = list_of(request, "task", kHint);
  std::string_view rest = list;
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    const auto id = util::parse_integer(util::trim(rest.substr(0, comma)));
    if (!id || *id < 1) {
      throw Error(Code::kInvalidValue,
                  fmt::format("task: '{}' is not a list of ids", util::escape_for_terminal(list)),
                  std::string(kHint), {{"task", "not valid"}});
    }
    tasks.push_back({*id});
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
  }
  return tasks;
}

/// What the request selects, as it says it.
std::string wants_of(const Request& request) {
  std::string wants;
  for (const auto& [name, value] : request.query) {
    if (std::ranges::find(kSelecting, name) == kSelecting.end()) continue;
    if (!wants.empty()) wants += '&';
    wants += name + '=' + value;
  }
  return wants;
}

}  // namespace

service::FeedRequest feed_request(const Request& request, Way way) {
  check_way(request, way);
  check_pairs(request);
  return {.caller = caller_of(request),
          .since = request.param("since"),
          .latest = integer_param(request, "latest", {1, kUsualLimit}),
          .limit = integer_param(request, "limit", {1, kMaxLimit}).value_or(kUsualLimit),
          .filter = request.param("filter").value_or(""),
          .types = list_of(request, "types", "give types=task.updated,sprint.*"),
          .tasks = tasks_of(request),
          .sprint = request.param("sprint"),
          .project = request.param("project"),
          .sprints_of = request.param("sprints_of"),
          .wants = wants_of(request)};
}

}  // namespace taskman::http
