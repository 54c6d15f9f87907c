#include "daemon/service/caller.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "daemon/domain/validation.hpp"

namespace taskman::service {
namespace {

using error::Code;
using error::Error;

constexpr std::size_t kMaxOrigin = 20;

bool is_origin_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

}  // namespace

Caller make_caller(std::string actor, std::string origin) {
  domain::check_actor(actor);
  if (origin.empty() || origin.size() > kMaxOrigin ||
      !std::ranges::all_of(origin, is_origin_character)) {
    throw Error(Code::kInvalidValue,
                fmt::format("origin '{}' is not valid", util::escape_for_terminal(origin)),
                "an origin is 1 to 20 of a-z, 0-9 and -", {{"origin", "not valid"}});
  }
  return {std::move(actor), std::move(origin)};
}

}  // namespace taskman::service
