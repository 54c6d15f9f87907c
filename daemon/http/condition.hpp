#pragma once
// Conditional requests by ETag.

#include <optional>
#include <string_view>

#include "daemon/http/request.hpp"
#include "daemon/service/service.hpp"

namespace taskman::http {

/// RFC 9110 13.1.2: does If-None-Match of `request` name `etag` (with quotes)? Weak comparison.
bool is_known(const Request& request, std::string_view etag);

/// RFC 9110 13.1.1: what If-Match names; none without it, and for `*`, which asks for no more than
/// that the thing is there. Throws kInvalidValue for what is neither ETag nor version.
std::optional<service::Seen> seen_of(const Request& request);

/// RFC 9110 13.1.2: what changes something must not ignore If-None-Match. Nothing here needs it:
/// throws kInvalidValue when it is there.
void refuse_if_none_match(const Request& request);

/// The 304 for `etag`, which the client has.
Reply not_modified(std::string_view etag);

}  // namespace taskman::http
