#pragma once
// Whose process this is. Enters at the composition roots; tests hand in their own.

#include <sys/types.h>

#include <functional>
#include <string>

namespace taskman::config {

struct Account {
  uid_t uid = 0;
  /// The home of the password file; empty when there is none. Asked only when needed.
  std::function<std::string()> home;
  /// The password file's login name, or the uid as digits.
  std::function<std::string()> name;
  std::string working_folder;                 ///< absolute; empty when it is gone
  std::string machine_runtime = "/run/user";  ///< the login manager's folder of runtime folders
};

/// Of this process.
Account system_account();

}  // namespace taskman::config
