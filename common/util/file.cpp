#include "common/util/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "common/util/fd.hpp"
#include "common/util/reader.hpp"

namespace taskman::util {
namespace {

[[noreturn]] void fail(const std::string& path) {
  throw std::system_error(errno, std::generic_category(), path);
}

void write_all(const Fd& fd, std::string_view content, const std::string& path) {
  while (!content.empty()) {
    const ssize_t written = ::write(fd.get(), content.data(), content.size());
    if (written < 0 && errno != EINTR) fail(path);
    if (written > 0) content.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(fd.get()) != 0) fail(path);
}

std::string behind_links(const std::string& path) {
  std::error_code unresolved;
  const auto target = std::filesystem::canonical(path, unresolved);
  return unresolved ? path : target.string();
}

void sync_folder_of(const std::string& path) {
  const std::string folder = path.substr(0, path.rfind('/') + 1);
  const Fd fd(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // Some file systems cannot; the file itself is safe by then.
  if (fd) ::fsync(fd.get());
}

/// Empty when there is no such file.
Fd open_to_read(const std::string& path, int more_flags) {
  Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | more_flags));
  if (!fd && errno != ENOENT && errno != ENOTDIR) fail(path);
  return fd;
}

bool is_regular(const Fd& fd, const std::string& path) {
  struct stat found {};
  if (::fstat(fd.get(), &found) != 0) fail(path);
  const bool null = S_ISCHR(found.st_mode) && found.st_rdev == makedev(1, 3);
  return S_ISREG(found.st_mode) || null;
}

std::string read_all(const Fd& fd, const std::string& path, std::size_t most) {
  try {
    return Reader(fd.get()).read_rest(most);
  } catch (const std::system_error& failure) {
    throw std::system_error(failure.code(), path);
  }
}

}  // namespace

std::optional<std::string> read_file(const std::string& path, std::size_t most) {
  const Fd fd = open_to_read(path, 0);
  return fd ? std::optional(read_all(fd, path, most)) : std::nullopt;
}

std::optional<std::string> read_regular_file(const std::string& path) {
  const Fd fd = open_to_read(path, O_NONBLOCK);
  if (!fd) return std::nullopt;
  if (!is_regular(fd, path)) throw NotAFile(path + " is not a regular file");
  return read_all(fd, path, kSmallFile);
}

void replace_file(const std::string& path, std::string_view content) {
  const std::string target = behind_links(path);
  std::string temporary = target + ".XXXXXX";
  const Fd fd(::mkostemp(temporary.data(), O_CLOEXEC));
  if (!fd) fail(target);
  try {
    write_all(fd, content, temporary);
    if (::rename(temporary.c_str(), target.c_str()) != 0) fail(target);
  } catch (...) {
    ::unlink(temporary.c_str());
    throw;
  }
  sync_folder_of(target);
}

}  // namespace taskman::util
