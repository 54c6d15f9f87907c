#include "daemon/http/routes/accept.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "common/error/error.hpp"
#include "common/util/text.hpp"

namespace taskman::http {
namespace {

struct Range {
  std::string_view type;  ///< `text/event-stream`, `text/*`, `*/*`
  double quality = 1;
};

double quality_of(std::string_view parameters) {
  const auto found = parameters.find("q=");
  if (found == std::string_view::npos) return 1;
  const double quality = std::strtod(std::string(parameters.substr(found + 2)).c_str(), nullptr);
  return quality > 0 ? std::min(quality, 1.0) : 0;  // `nan` is not
}

std::vector<Range> ranges_of(std::string_view accept) {
  std::vector<Range> ranges;
  while (!accept.empty()) {
    const auto comma = accept.find(',');
    const auto item = accept.substr(0, comma);
    const auto semicolon = item.find(';');
    const auto parameters =
        semicolon == std::string_view::npos ? std::string_view() : item.substr(semicolon);
    ranges.push_back({util::trim(item.substr(0, semicolon)), quality_of(parameters)});
    accept = comma == std::string_view::npos ? std::string_view() : accept.substr(comma + 1);
  }
  return ranges;
}

// How closely a range names the type: not at all, any, any of its kind, exactly it.
int closeness(std::string_view range, std::string_view type) {
  if (util::equals_ignoring_case(range, type)) return 3;
  const auto slash = type.find('/');
  if (range.ends_with("/*") &&
      util::equals_ignoring_case(range.substr(0, range.size() - 1), type.substr(0, slash + 1))) {
    return 2;
  }
  return range == "*/*" ? 1 : 0;
}

double liking(const std::vector<Range>& ranges, std::string_view type) {
  int closest = 0;
  double quality = 0;
  for (const Range& range : ranges) {
    const int here = closeness(range.type, type);
    if (here <= closest) continue;
    closest = here;
    quality = range.quality;
  }
  return quality;
}

}  // namespace

std::string_view preferred(const Request& request, std::span<const std::string_view> offered) {
  const auto accept = request.header("accept");
  if (!accept || util::trim(*accept).empty()) return offered.front();
  const auto ranges = ranges_of(*accept);
  std::string_view best;
  double most = 0;
  for (const auto type : offered) {
    const double here = liking(ranges, type);
    if (here <= most) continue;
    most = here;
    best = type;
  }
  if (!best.empty()) return best;
  const std::vector<std::string> names(offered.begin(), offered.end());
  throw error::Error(error::Code::kNotAcceptable,
                     fmt::format("'{}' cannot be sent here", util::escape_for_terminal(*accept)),
                     "accept one of: " + util::join(names, ", "));
}

}  // namespace taskman::http
