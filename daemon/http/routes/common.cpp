#include "daemon/http/routes/common.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "common/error/error.hpp"
#include "common/time/text.hpp"
#include "common/util/hash.hpp"
#include "common/util/text.hpp"
#include "common/wire/idempotency_key.hpp"
#include "common/wire/paths.hpp"
#include "daemon/http/condition.hpp"
#include "daemon/http/routes/user_names.hpp"
#include "daemon/service/caller.hpp"

namespace taskman::http {
namespace {

using error::Code;
using error::Error;

[[noreturn]] void refuse(std::string_view name, const std::string& value, std::string expected) {
  throw Error(Code::kInvalidValue,
              fmt::format("{}: '{}' is not valid", name, util::escape_for_terminal(value)),
              std::move(expected), {{std::string(name), "not valid"}});
}

std::optional<std::string> header_of(const Request& request, std::string_view name) {
  return request.header(util::to_lower(name));
}

// RFC 9110 13.1.1 leaves it to the resource what a version is; a thing that is not there has none.
void refuse_if_match(const Request& request) {
  const auto given = request.header("if-match");
  if (!given) return;
  throw Error(Code::kInvalidValue,
              "If-Match names the version of a thing, this request is not about one",
              "leave If-Match out; Idempotency-Key keeps it from being done twice",
              {{"If-Match", "not taken"}});
}

// Everything that makes it the same request; that it is a dry run is no part of it, because that
// asks what the request itself would do.
std::string digest_of(const Request& request, const std::optional<service::Seen>& seen) {
  std::uint64_t digest = util::fnv1a(request.method + '\n' + request.path + '\n');
  for (const auto& [name, value] : request.query) {
    if (name != dry_run_doc().name) digest = util::fnv1a(name + '=' + value + '\n', digest);
  }
  if (seen)
    digest = util::fnv1a(fmt::format("If-Match: {} {}\n", seen->version, seen->state), digest);
  return util::to_hex(util::fnv1a(request.body, digest));
}

std::string in_quotes(std::string_view tag) { return '"' + std::string(tag) + '"'; }

}  // namespace

service::Caller caller_of(const Request& request) {
  auto actor = header_of(request, wire::kActorHeader);
  auto origin = header_of(request, wire::kOriginHeader);
  return service::make_caller(actor ? std::move(*actor) : user_name(request.peer.uid),
                              origin.value_or("api"));
}

service::WriteRequest write_of(const Request& request, int status) {
  if (request.captures.empty()) refuse_if_match(request);
  service::WriteRequest write{.caller = caller_of(request),
                              .key = header_of(request, wire::kKeyHeader),
                              .if_match = seen_of(request),
                              .status = status};
  if (write.key) {
    wire::check_idempotency_key(*write.key);
    write.digest = digest_of(request, write.if_match);
  }
  if (flag_param(request, "dry_run")) {
    write.commit = store::Commit::kDryRun;
    write.status = 200;
  }
  return write;
}

service::WriteRequest merging_write_of(const Request& request) {
  auto write = write_of(request);
  if (!flag_param(request, merge_doc().name)) return write;
  if (!write.if_match) {
    throw Error(Code::kInvalidValue, "merge needs If-Match: the version the change was made for",
                "send the version you saw in quotes: If-Match: \"7\"",
                {{"merge", "without If-Match"}});
  }
  write.stale = service::WriteRequest::Stale::kMerge;
  return write;
}

model::TaskId task_of(const Request& request) {
  const std::string& text = request.captures.at("id");
  const auto id = util::parse_integer(text);
  if (!id || *id < 1) {
    throw Error(Code::kNotFound, fmt::format("no task '{}'", util::escape_for_terminal(text)),
                "a task's id is a number from 1 up");
  }
  return {*id};
}

std::optional<std::int64_t> integer_param(const Request& request, std::string_view name,
                                          Range range) {
  const auto text = request.param(name);
  if (!text) return std::nullopt;
  const auto value = util::parse_integer(*text);
  if (!value || *value < range.low || *value > range.high) {
    const std::string word = range.word.empty() ? "" : fmt::format(", or {}", range.word);
    refuse(name, *text,
           fmt::format("{} is an integer from {} to {}{}", name, range.low, range.high, word));
  }
  return *value;
}

bool flag_param(const Request& request, std::string_view name) {
  static constexpr std::array<std::string_view, 4> kSet{"1", "true", "yes", ""};
  static constexpr std::array<std::string_view, 3> kUnset{"0", "false", "no"};
  const auto text = request.param(name);
  if (!text || std::ranges::find(kUnset, *text) != kUnset.end()) return false;
  if (std::ranges::find(kSet, *text) == kSet.end()) refuse(name, *text, "give 1 or 0");
  return true;
}

std::optional<std::int64_t> limit_of(const Request& request, std::int64_t fallback) {
  constexpr std::string_view kAll = "all";
  if (request.param("limit") == kAll) return std::nullopt;
  return integer_param(request, "limit", {1, kMaxLimit, kAll}).value_or(fallback);
}

Reply fleeting_reply_of(service::Reading reading) {
  Reply reply{.body = std::move(reading.body)};
  reply.headers.emplace_back(wire::kCursorHeader, model::to_string(reading.cursor));
  return reply;
}

Reply reply_of(service::Reading reading) {
  const std::string tag = reading.tag.empty() ? model::to_string(reading.cursor) : reading.tag;
  Reply reply = fleeting_reply_of(std::move(reading));
  reply.headers.emplace_back("ETag", in_quotes(tag));
  return reply;
}

Reply reply_of(service::Answer answer) {
  Reply reply{.status = answer.status, .body = std::move(answer.body)};
  reply.headers.emplace_back(wire::kCursorHeader, model::to_string(answer.cursor));
  if (answer.replayed) {
    reply.headers.emplace_back(wire::kReplayedHeader, "true");
    reply.headers.emplace_back(wire::kAnsweredHeader, time::to_rfc3339(answer.given_at));
  }
  return reply;
}

wire::ParamDoc dry_run_doc() {
  return {"dry_run", "1: say what would happen, change nothing", R"({"type":"boolean"})"};
}

wire::ParamDoc merge_doc() {
  return {"merge",
          "1: with If-Match; what others changed since may stand beside it, as long as it is of "
          "other fields",
          R"({"type":"boolean"})"};
}

wire::ParamDoc filter_doc() {
  return {"filter", "the filter language: `status:todo,review label:api`"};
}

wire::ParamDoc sprints_of_doc() {
  return {"sprints_of",
          "a project: `sprint:current`, next, prev and names in the filter are its sprints, or "
          "else those of no project; without it of every project"};
}

}  // namespace taskman::http
