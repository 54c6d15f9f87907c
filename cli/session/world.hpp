#pragma once
// What enters from outside, made by main; tests hand in their own.

#include "common/config/account.hpp"
#include "common/time/clock.hpp"
#include "common/util/environment.hpp"
#include "common/util/random.hpp"

namespace taskman::cli {

struct World {
  util::Environment environment;
  config::Account account;
  const time::Clock* clock = nullptr;  ///< not null
  util::Random* random = nullptr;      ///< not null
};

}  // namespace taskman::cli
