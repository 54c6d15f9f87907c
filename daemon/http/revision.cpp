#include "daemon/http/revision.hpp"

#include <chrono>

#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/route_doc.hpp"
#include "daemon/service/feed.hpp"

namespace taskman::http {
namespace {

using namespace std::chrono_literals;
using error::Code;
using error::Error;

// A revision that a client can know of is there. What it waits for is another client's write that
// is on its way; so it is short.
constexpr auto kPatience = 2s;

std::int64_t revision_of(const Services& services, const std::string& text) {
  if (const auto cursor = model::parse_cursor(text)) {
    if (cursor->rev <= services.feed.head().rev) services.feed.check(text);
    return cursor->rev;
  }
  const auto rev = util::parse_integer(text);
  if (rev && *rev >= 0) return *rev;
  throw Error(Code::kInvalidValue,
              "min_rev: '" + util::escape_for_terminal(text) + "' is no revision",
              "give the number of one, or the cursor of an answer",
              {{std::string(wire::kMinRev.name), "not valid"}});
}

}  // namespace

std::optional<feed::ParkedPoll> missing_revision(const Services& services, const Request& request) {
  const auto text = request.param(wire::kMinRev.name);
  if (!text) return std::nullopt;
  const std::int64_t wanted = revision_of(services, *text);
  const std::int64_t head = services.feed.head().rev;
  if (head >= wanted) return std::nullopt;
  if (request.has_waited) {
    throw Error(Code::kRevisionAhead,
                "revision " + std::to_string(wanted) + " is not there; the newest is " +
                    std::to_string(head),
                "ask again, or without min_rev for what there is");
  }
  // A poll that everything is known to up to the revision before: it is answered by that one.
  return feed::ParkedPoll{.since = {.rev = wanted - 1},
                          .limit = 1,
                          .selection = {},
                          .until = std::chrono::steady_clock::now() + kPatience};
}

}  // namespace taskman::http
