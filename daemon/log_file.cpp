#include "daemon/log_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <exception>
#include <system_error>
#include <utility>

#include "common/time/text.hpp"
#include "common/wire/json.hpp"

namespace taskman {
namespace {

constexpr std::array<std::string_view, 4> kLevels{"debug", "info", "warning", "error"};

std::uint64_t size_of(int fd) {
  struct stat status {};
  return ::fstat(fd, &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
}

}  // namespace

std::optional<util::LogLevel> find_log_level(std::string_view name) {
  const auto found = std::ranges::find(kLevels, name);
  if (found == kLevels.end()) return std::nullopt;
  return static_cast<util::LogLevel>(found - kLevels.begin());
}

LogFile::LogFile(LogOptions options, const time::Clock& clock)
    : options_(std::move(options)), clock_(clock), level_(options_.level), file_(open()) {}

util::Log LogFile::as_log() {
  return [this](const util::LogRecord& record) { write(record); };
}

void LogFile::write(const util::LogRecord& record) noexcept {
  if (record.level < level_.load(std::memory_order_relaxed)) return;
  try {
    const std::string line = line_of(record);
    file_.with([&](File& file) { append(file, line); });
  } catch (const std::exception&) {
    // Out of memory, or the like: there is nobody left to tell.
  }
}

std::string LogFile::line_of(const util::LogRecord& record) const {
  std::vector<std::pair<std::string, std::string>> members{
      {"at", wire::quote(time::to_rfc3339(clock_.now()))},
      {"level", wire::quote(kLevels[static_cast<std::size_t>(record.level)])},
      {"pid", std::to_string(::getpid())},
      {"message", wire::quote(record.text)}};
  for (const auto& [name, value] : record.fields) members.emplace_back(name, wire::quote(value));
  return wire::object_of(members) + '\n';
}

void LogFile::append(File& file, const std::string& line) const {
  if (!options_.path.empty() && file.bytes + line.size() > options_.max_bytes) {
    // Another daemon may have turned the file over already.
    std::error_code ignored;
    if (!was_moved(file))
      std::filesystem::rename(options_.path, options_.path.string() + ".1", ignored);
    file = open();
  }
  const ssize_t written = ::write(file.fd.get(), line.data(), line.size());
  if (written > 0) file.bytes += static_cast<std::uint64_t>(written);
}

LogFile::File LogFile::open() const {
  constexpr int kFlags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY;
  util::Fd fd;
  if (!options_.path.empty()) {
    std::error_code ignored;
    std::filesystem::create_directories(options_.path.parent_path(), ignored);
    fd.reset(::open(options_.path.c_str(), kFlags, 0600));
  }
  if (!fd) fd.reset(::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3));
  const std::uint64_t bytes = fd ? size_of(fd.get()) : 0;
  return {std::move(fd), bytes};
}

bool LogFile::was_moved(const File& file) const {
  struct stat ours {};
  struct stat named {};
  if (::fstat(file.fd.get(), &ours) != 0 || ::stat(options_.path.c_str(), &named) != 0) return true;
  return ours.st_ino != named.st_ino || ours.st_dev != named.st_dev;
}

void LogFile::reopen() {
  file_.with([this](File& file) { file = open(); });
}

}  // namespace taskman
