#include "daemon/http/condition.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "daemon/service/etags.hpp"

namespace taskman::http {
namespace {

std::string_view without_weakness(std::string_view etag) {
  if (etag.starts_with("W/")) etag.remove_prefix(2);
  return etag;
}

}  // namespace

bool is_known(const Request& request, std::string_view etag) {
  const auto header = request.header("if-none-match");
  if (!header) return false;
  std::string_view rest = *header;
  while (!rest.empty()) {
    const auto comma = std::min(rest.find(','), rest.size());
    const std::string_view candidate = util::trim(rest.substr(0, comma));
    if (candidate == "*" || without_weakness(candidate) == without_weakness(etag)) return true;
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return false;
}

std::optional<service::Seen> seen_of(const Request& request) {
  const auto given = request.header("if-match");
  if (!given || util::trim(*given) == "*") return std::nullopt;
  const std::string_view text = util::trim(*given);
  const bool is_quoted = text.size() > 2 && text.front() == '"' && text.back() == '"';
  auto seen = service::parse_seen(is_quoted ? text.substr(1, text.size() - 2) : text);
  if (seen) return seen;
  throw error::Error(error::Code::kInvalidValue,
                     fmt::format("If-Match: '{}' is not valid", util::escape_for_terminal(*given)),
                     "give the ETag as you got it, or the version in quotes: If-Match: \"7\"",
                     {{"If-Match", "not valid"}});
}

void refuse_if_none_match(const Request& request) {
  if (!request.header("if-none-match")) return;
  throw error::Error(error::Code::kInvalidValue,
                     "If-None-Match is for reading, this request changes something",
                     "leave it out; If-Match keeps a change to the version you saw",
                     {{"If-None-Match", "not taken"}});
}

Reply not_modified(std::string_view etag) {
  Reply reply{.status = 304};
  reply.headers.emplace_back("ETag", etag);
  return reply;
}

}  // namespace taskman::http
