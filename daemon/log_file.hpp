#pragma once
// The daemon's log: one JSON object a line.

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "common/time/clock.hpp"
#include "common/util/fd.hpp"
#include "common/util/guarded.hpp"
#include "common/util/log.hpp"

namespace taskman {

struct LogOptions {
  std::filesystem::path path;  ///< empty: stderr
  util::LogLevel level = util::LogLevel::kInfo;
  std::uint64_t max_bytes =
      8 * 1024 * 1024;  ///< then the file becomes `<path>.1`, replacing the one before
};

/// Appends whole lines, so several daemons can share a file. Thread-safe; trouble with the file
/// never becomes trouble of the caller: lines that cannot be written are lost. Owned by the daemon.
class LogFile {
 public:
  LogFile(LogOptions options, const time::Clock& clock);

  void write(const util::LogRecord& record) noexcept;

  /// Opens the file anew, for those who moved it away (SIGHUP).
  void reopen();
  void set_level(util::LogLevel level) { level_ = level; }
  util::LogLevel level() const { return level_; }
  /// Else lines go to stderr.
  bool is_file() const { return !options_.path.empty(); }

  /// write() of this log, which must outlive its use.
  util::Log as_log();

 private:
  struct File {
    util::Fd fd;
    std::uint64_t bytes = 0;
  };
  std::string line_of(const util::LogRecord& record) const;
  void append(File& file, const std::string& line) const;
  File open() const;
  bool was_moved(const File& file) const;

  const LogOptions options_;
  const time::Clock& clock_;
  std::atomic<util::LogLevel> level_;
  util::Guarded<File> file_;
};

/// `debug`, `info`, `warning`, `error`; none for another word.
std::optional<util::LogLevel> find_log_level(std::string_view name);

}  // namespace taskman
