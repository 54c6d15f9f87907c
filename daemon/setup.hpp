#pragma once
// From flags, settings and environment to what the daemon is made with.

#include <string>
#include <vector>

#include "common/config/account.hpp"
#include "common/config/paths.hpp"
#include "common/util/environment.hpp"
#include "daemon/daemon.hpp"
#include "daemon/flags.hpp"
#include "daemon/log_file.hpp"

namespace taskman {

struct Setup {
  config::Paths paths;
  DaemonOptions daemon;
  LogOptions log;
  std::vector<std::string> notices;  ///< lines for the log: what was odd about the settings
};

/// Reads the settings' files, creates nothing. Throws kInvalidValue naming what is wrong and where
/// it was said.
Setup make_setup(const Flags& flags, const util::Environment& environment,
                 const config::Account& account);

/// Creates the folders of socket, database and log. Throws kStorageUnavailable.
void make_folders(const Setup& setup, const config::Account& account);

}  // namespace taskman
