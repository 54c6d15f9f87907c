#pragma once
// Conditional requests by ETag.

#include <string_view>

#include "daemon/http/request.hpp"

namespace taskman::http {

/// RFC 9110 13.1.2: does If-None-Match of `request` name `etag` (with quotes)? Weak comparison.
bool is_known(const Request& request, std::string_view etag);

/// The 304 for `etag`, which the client has.
Reply not_modified(std::string_view etag);

}  // namespace taskman::http
