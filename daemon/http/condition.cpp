#include "daemon/http/condition.hpp"

#include <algorithm>

#include "common/util/text.hpp"

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

Reply not_modified(std::string_view etag) {
  Reply reply{.status = 304};
  reply.headers.emplace_back("ETag", etag);
  return reply;
}

}  // namespace taskman::http
