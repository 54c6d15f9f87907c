#pragma once

#include "common/error/error.hpp"

namespace taskman::cli {

/// Thrown by who runs a command of the user's: a failure whose exit code is that of the command.
struct EndedAs {
  int exit_code;
  error::Error told;
};

}  // namespace taskman::cli
