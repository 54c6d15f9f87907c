#pragma once
// Who asks, checked: names go into the log and onto terminals.

#include <string>

#include "daemon/service/service.hpp"

namespace taskman::service {

/// Throws kInvalidValue: an actor is 1 to 100 characters without controls, an origin 1 to 20 of
/// a-z, 0-9, -.
Caller make_caller(std::string actor, std::string origin);

}  // namespace taskman::service
