#pragma once
// The daemon's command line.

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "common/model/retention.hpp"
#include "common/util/log.hpp"
#include "daemon/store/open.hpp"

namespace taskman {

/// What the command line says; what it leaves open comes from the environment and the defaults.
struct Flags {
  std::optional<std::string> database;  ///< a path or a store URL
  std::optional<std::string> socket;
  std::optional<std::string> log;
  std::optional<std::string> restore;  ///< put this backup into the database's place, then end
  std::optional<util::LogLevel> log_level;
  std::optional<std::chrono::milliseconds> idle_exit;
  std::optional<model::Retention> keep_changes;
  std::optional<std::string> listen;
  std::optional<int> ready_fd;
  store::NetworkFiles network_files = store::NetworkFiles::kRefuse;
  enum class Run { kServe, kVersion, kHelp } run = Run::kServe;
  enum class LogTo { kFile, kStderr } log_to = LogTo::kFile;
};

/// Throws kUsage, naming the argument.
Flags parse_flags(const std::vector<std::string>& arguments);

/// What --help prints, made from the same table.
std::string help_text();

/// One flag as the manual and the tests see it.
struct FlagDoc {
  std::string_view name;   ///< `--db`
  std::string_view value;  ///< `PATH`; empty: takes none
  std::string_view summary;
};
std::vector<FlagDoc> flag_docs();

}  // namespace taskman
