#pragma once
// The files around the database: its folder, its lock, its ballast, and whether it is still there.

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "common/util/fd.hpp"
#include "common/util/instant.hpp"
#include "daemon/store/open.hpp"

namespace taskman::store::sqlite {

/// Creates the folder (0700) and an empty file (0600) where there is none; gives the path with
/// symbolic links resolved. Throws kStorageUnavailable for what cannot hold a database, and where
/// only the log of one is left: a new file would be its end.
std::filesystem::path prepare_file(const std::filesystem::path& path);

/// Throws kStorageUnavailable when the file has another name (a hard link): who opens it by that
/// one would have a lock and a log of their own.
void refuse_second_name(const std::filesystem::path& path);

/// Throws kStorageUnavailable when `path` lies on a network file system.
void refuse_network(const std::filesystem::path& path);

/// Throws kStorageUnavailable unless the file is empty or begins as a SQLite database does.
void check_header(const std::filesystem::path& path);

/// `<base>-20261123T100000Z`, with a number behind it when that exists.
std::filesystem::path free_name(const std::string& base, util::Instant now);

void sync_file(const std::filesystem::path& path);
void sync_folder_of(const std::filesystem::path& path);

/// The exclusive right to the database: flock on `<db>.lock`, which names the holder while it is
/// held. What an earlier holder did not wipe tells of an unclean stop. Any thread.
class Lock {
 public:
  /// Throws kConflict with what its holder wrote.
  explicit Lock(const std::filesystem::path& database);
  bool was_left_behind() const { return !left_text_.empty(); }
  /// Throws kStorageUnavailable when an unclean stop left a log that is not of the file that now
  /// has the database's name: applied to it, the log would overwrite it.
  void check_log() const;
  /// What others are told; the process when `holder` is empty.
  void name_holder(std::string_view holder = {});
  /// Wipes the name: a clean stop.
  void mark_clean();

 private:
  util::Fd fd_;
  std::string database_;
  std::string left_text_;
};

/// Room kept for bad times: opening a database on a full disk needs a little space even to read.
class Ballast {
 public:
  explicit Ballast(const std::filesystem::path& database) : path_(database.string() + ".ballast") {}
  /// Puts it there if it is missing; no room is no error.
  void keep() const;
  /// True when there was some to free.
  bool release() const;

 private:
  std::string path_;
};

/// Which file a path named when the store was opened.
class Identity {
 public:
  explicit Identity(const std::filesystem::path& path);
  /// Throws kStorageUnavailable when the path names another file now, or none.
  void check() const;

 private:
  std::string path_;
  dev_t device_ = 0;
  ino_t inode_ = 0;
};

}  // namespace taskman::store::sqlite
