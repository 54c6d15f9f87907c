#include "daemon/store/sqlite/files.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <sys/statfs.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string_view>
#include <system_error>

#include "common/error/error.hpp"
#include "common/time/text.hpp"

namespace taskman::store::sqlite {
namespace {

namespace fs = std::filesystem;
using error::Code;
using error::Error;

constexpr mode_t kFileMode = 0600;

/// linux/magic.h and fs/: SMB, CIFS, SMB2, NFS, AFS, Coda, NCP, Ceph, Lustre, GPFS.
constexpr std::array<std::uint32_t, 10> kNetworkMagic{
    0x517B,     0xFF534D42, 0xFE534D42, 0x6969,     0x5346414F,
    0x73757245, 0x564C,     0x00C36400, 0x0BD00BD0, 0x47504653};

[[noreturn]] void refuse(const std::string& what, int system_error, std::string hint) {
  throw Error(system_error == ENOSPC ? Code::kDiskFull : Code::kStorageUnavailable,
              fmt::format("{}: {}", what, std::strerror(system_error)), std::move(hint));
}

void sync_path(const fs::path& path, int flags) {
  const util::Fd fd(::open(path.c_str(), flags | O_CLOEXEC));
  if (!fd || ::fsync(fd.get()) != 0) refuse("cannot sync " + path.string(), errno, {});
}

void create_file(const fs::path& path) {
  const std::string log = path.string() + "-wal";
  std::error_code none;
  if (const auto size = fs::file_size(log, none); !none && size > 0) {
    throw Error(
        Code::kStorageUnavailable,
        fmt::format("the database {} is gone, but {} is there and holds its last changes",
                    path.string(), log),
        "put the database back beside it, or move the log away to begin with an empty database");
  }
  const util::Fd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, kFileMode));
  if (!fd && errno != EEXIST) {
    refuse("cannot create the database " + path.string(), errno,
           "make the folder writable, or choose another place with TASKMAN_DB");
  }
}

}  // namespace

fs::path prepare_file(const fs::path& path) {
  std::error_code failure;
  if (!fs::exists(path.parent_path(), failure)) {
    // Every folder we make is private; an existing one is left as it is.
    const mode_t before = ::umask(077);
    fs::create_directories(path.parent_path(), failure);
    ::umask(before);
    if (failure)
      refuse("cannot create the folder " + path.parent_path().string(), failure.value(), {});
  }
  if (fs::is_directory(path, failure)) {
    throw Error(Code::kStorageUnavailable,
                fmt::format("the database {} is a folder", path.string()),
                "name a file in TASKMAN_DB");
  }
  if (!fs::exists(path, failure)) {
    create_file(path);
  } else if (!fs::is_regular_file(path, failure)) {
    throw Error(Code::kStorageUnavailable,
                fmt::format("the database {} is not a regular file", path.string()),
                "name a file in TASKMAN_DB");
  }
  const fs::path real = fs::canonical(path, failure);
  if (failure) refuse("cannot reach the database " + path.string(), failure.value(), {});
  if (::access(real.c_str(), R_OK | W_OK) != 0) {
    refuse("the database " + real.string() + " is not writable", errno,
           "give yourself write access to the file, or choose another with TASKMAN_DB");
  }
  return real;
}

void refuse_second_name(const fs::path& path) {
  std::error_code failure;
  const auto names = fs::hard_link_count(path, failure);
  if (failure || names < 2) return;
  throw Error(
      Code::kStorageUnavailable,
      fmt::format("the database {} has {} names (hard links)", path.string(), names),
      fmt::format("keep one; the others are found by: find / -xdev -samefile {}", path.string()));
}

void refuse_network(const fs::path& path) {
  struct statfs info {};
  if (::statfs(path.c_str(), &info) != 0) return;
  const auto magic = static_cast<std::uint32_t>(info.f_type);
  if (std::ranges::find(kNetworkMagic, magic) == kNetworkMagic.end()) return;
  throw Error(
      Code::kStorageUnavailable,
      fmt::format("the database {} is on a network file system (type {:#x})", path.string(), magic),
      "SQLite's locks are not safe there: keep it on a local disk, or allow network files");
}

void check_header(const fs::path& path) {
  constexpr std::string_view kMagic{"SQLite format 3\0", 16};
  std::array<char, kMagic.size()> head{};
  std::ifstream file(path, std::ios::binary);
  file.read(head.data(), head.size());
  if (file.gcount() == 0 || std::string_view(head.data(), head.size()) == kMagic) return;
  throw Error(Code::kStorageUnavailable, fmt::format("{} is not a database", path.string()),
              "restore a backup with taskman restore, or choose another file with TASKMAN_DB");
}

fs::path free_name(const std::string& base, util::Instant now) {
  std::string stamp = time::to_rfc3339(now).substr(0, 19);
  std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
  const std::string name = fmt::format("{}-{}Z", base, stamp);
  fs::path free = name;
  for (int number = 2; fs::exists(free); ++number) free = fmt::format("{}-{}", name, number);
  return free;
}

void sync_file(const fs::path& path) { sync_path(path, O_RDONLY); }
void sync_folder_of(const fs::path& path) { sync_path(path.parent_path(), O_RDONLY | O_DIRECTORY); }

void Ballast::keep() const {
  constexpr off_t kSize = 1024 * 1024;
  const util::Fd fd(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kFileMode));
  if (fd && ::posix_fallocate(fd.get(), 0, kSize) != 0) ::unlink(path_.c_str());
}

bool Ballast::release() const { return ::unlink(path_.c_str()) == 0; }

Identity::Identity(const fs::path& path) : path_(path.string()) {
  struct stat info {};
  if (::stat(path_.c_str(), &info) != 0) refuse("cannot reach the database " + path_, errno, {});
  device_ = info.st_dev;
  inode_ = info.st_ino;
}

void Identity::check() const {
  struct stat info {};
  if (::stat(path_.c_str(), &info) == 0 && info.st_dev == device_ && info.st_ino == inode_) return;
  throw Error(Code::kStorageUnavailable,
              fmt::format("the database {} was moved, replaced or deleted under the daemon", path_),
              "put the file back, or restart the daemon to begin with what is there now");
}

}  // namespace taskman::store::sqlite
