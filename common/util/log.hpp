#pragma once
// How the folders below the composition root write to the log without knowing it.

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace taskman::util {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

/// One record: a constant text and what it is about. Values are written escaped.
struct LogRecord {
  LogLevel level = LogLevel::kInfo;
  std::string_view text;
  std::vector<std::pair<std::string_view, std::string>> fields{};
};

/// Thread-safe, never throws; made by the composition root. May be empty: nothing is logged.
using Log = std::function<void(const LogRecord& record)>;

}  // namespace taskman::util
