#include "common/config/folders.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "common/error/error.hpp"

namespace taskman::config {
namespace {

[[noreturn]] void refuse(const std::string& path, std::string_view why, std::string hint = {}) {
  throw error::Error(error::Code::kStorageUnavailable, fmt::format("folder '{}' {}", path, why),
                     std::move(hint));
}

bool is_folder(const std::string& path) {
  struct stat found {};
  return ::stat(path.c_str(), &found) == 0 && S_ISDIR(found.st_mode);
}

}  // namespace

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

void make_folder(const std::string& path) {
  if (is_folder(path)) return;
  if (path != "/" && path != ".") make_folder(folder_of(path));
  if (::mkdir(path.c_str(), 0700) == 0) return;
  const int failure = errno;
  // Another process may have been quicker.
  if (failure == EEXIST && is_folder(path)) return;
  refuse(path, fmt::format("cannot be made: {}", std::strerror(failure)),
         "taskman where says what is kept where; TASKMAN_DB=/path/to/file.db keeps it elsewhere");
}

void make_private_folder(const std::string& path, const Account& account) {
  make_folder(path);
  struct stat found {};
  if (::lstat(path.c_str(), &found) != 0) refuse(path, std::strerror(errno));
  if (!S_ISDIR(found.st_mode)) refuse(path, "is not a real folder");
  if (found.st_uid != account.uid) {
    refuse(path, fmt::format("belongs to user {}, not {}", found.st_uid, account.uid));
  }
  const bool open = (found.st_mode & 0077) != 0;
  if (open && ::chmod(path.c_str(), 0700) != 0) refuse(path, "can be entered by others");
}

void make_folder_for(const std::string& file, const Account& account) {
  const std::string folder = folder_of(file);
  const bool socket = file.ends_with(".sock") && folder.ends_with("/taskman");
  const std::string fallback = fmt::format("/tmp/taskman-{}", account.uid);
  if (socket || folder == fallback || folder == "/var" + fallback) {
    make_private_folder(folder, account);
  } else {
    make_folder(folder);
  }
}

}  // namespace taskman::config
