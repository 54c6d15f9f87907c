#pragma once

#include <span>
#include <string_view>

#include "daemon/http/request.hpp"

namespace taskman::http {

/// The offered media type the client likes best (RFC 9110 12.5.1), the first when it does not say
/// or mind. Throws kNotAcceptable, listing what there is.
std::string_view preferred(const Request& request, std::span<const std::string_view> offered);

}  // namespace taskman::http
