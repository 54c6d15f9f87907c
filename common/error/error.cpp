#include "common/error/error.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace taskman::error {
namespace {

constexpr std::array kTable{
    Row{Code::kInternal, "internal", "internal error", 500, 1, false},
    Row{Code::kUsage, "usage", "wrong usage", 400, 2, false},
    Row{Code::kInvalidValue, "invalid_value", "invalid value", 422, 2, false},
    Row{Code::kMalformedRequest, "malformed_request", "malformed request", 400, 2, false},
    Row{Code::kUnsupportedMedia, "unsupported_media", "unsupported media type", 415, 2, false},
    Row{Code::kUpgradeRequired, "upgrade_required", "upgrade required", 426, 2, false},
    Row{Code::kNotAcceptable, "not_acceptable", "not acceptable", 406, 2, false},
    Row{Code::kPayloadTooLarge, "payload_too_large", "payload too large", 413, 2, false},
    Row{Code::kNotFound, "not_found", "not found", 404, 3, false},
    Row{Code::kMethodNotAllowed, "method_not_allowed", "method not allowed", 405, 2, false},
    Row{Code::kTargetTooLong, "target_too_long", "target too long", 414, 2, false},
    Row{Code::kHeadTooLarge, "head_too_large", "request head too large", 431, 2, false},
    Row{Code::kNotImplemented, "not_implemented", "not implemented", 501, 2, false},
    Row{Code::kVersionUnsupported, "version_unsupported", "HTTP version not supported", 505, 2,
        false},
    Row{Code::kLengthRequired, "length_required", "length required", 411, 2, false},
    Row{Code::kRequestTimeout, "request_timeout", "request timed out", 408, 5, true},
    Row{Code::kConflict, "conflict", "conflict", 409, 4, false},
    Row{Code::kStaleVersion, "stale_version", "stale version", 412, 4, false},
    Row{Code::kRevisionAhead, "revision_ahead", "revision not reached", 412, 5, true},
    Row{Code::kKeyReused, "key_reused", "idempotency key reused", 409, 4, false},
    Row{Code::kClaimed, "claimed", "claimed by another", 409, 4, false},
    Row{Code::kCycle, "dependency_cycle", "dependency cycle", 409, 4, false},
    Row{Code::kCursorGone, "cursor_gone", "cursor gone", 410, 4, false},
    Row{Code::kMisdirected, "misdirected", "misdirected request", 421, 6, false},
    Row{Code::kUnauthorised, "unauthorised", "not authenticated", 401, 6, false},
    Row{Code::kForbidden, "forbidden", "not allowed", 403, 6, false},
    Row{Code::kUnreachable, "unreachable", "daemon unreachable", 503, 5, true},
    Row{Code::kStorageUnavailable, "storage_unavailable", "storage unavailable", 503, 5, true},
    Row{Code::kDiskFull, "disk_full", "disk full", 507, 5, true},
    Row{Code::kOutcomeUnknown, "outcome_unknown", "outcome unknown", 503, 5, true},
    Row{Code::kOverloaded, "overloaded", "overloaded", 503, 5, true},
    Row{Code::kImpossible, "impossible", "can no longer come true", 409, 7, false},
    Row{Code::kNothing, "nothing", "nothing matched", 404, 8, false},
    Row{Code::kTimeout, "timeout", "timed out", 504, 124, true},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kTable.size(); ++i) {
    if (static_cast<std::size_t>(kTable[i].code) != i) return false;
  }
  return kTable.size() == static_cast<std::size_t>(Code::kTimeout) + 1;
}
static_assert(in_order(), "the table holds every code once, in the order of Code");

}  // namespace

std::span<const Row> table() { return kTable; }

const Row& row(Code code) { return kTable[static_cast<std::size_t>(code)]; }

std::optional<Row> find_by_slug(std::string_view slug) {
  const auto found = std::ranges::find(kTable, slug, &Row::slug);
  if (found == kTable.end()) return std::nullopt;
  return *found;
}

Error::Error(Code code, std::string message, std::string hint, std::vector<Field> fields)
    : code_(code),
      message_(std::move(message)),
      hint_(std::move(hint)),
      fields_(std::move(fields)) {}

}  // namespace taskman::error
