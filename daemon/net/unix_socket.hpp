#pragma once
// The Unix socket the daemon listens on: made with the least rights, or taken over from systemd.

#include <sys/types.h>

#include <filesystem>
#include <optional>

#include "common/util/environment.hpp"
#include "common/util/fd.hpp"

namespace taskman::net {

/// A listening socket and the file it made. One thread.
class UnixSocket {
 public:
  /// Listens on `path` (mode 0600). A file that nobody listens on is replaced; where someone does,
  /// throws std::system_error(address_in_use); where there is no socket but something else,
  /// std::system_error(not_a_socket). Changes the umask for a moment: call it before other
  /// threads make files.
  static UnixSocket listen(const std::filesystem::path& path);

  /// The socket systemd passed (sd_listen_fds(3)), none when there is none. It owns no file.
  static std::optional<UnixSocket> adopt(const util::Environment& environment);

  int get() const { return fd_.get(); }
  /// Whether listen() made a file, and whether that still bears the name.
  bool has_file() const { return !path_.empty(); }
  bool is_named() const;

  /// Closes, and removes the file when it is still the one that listen() made.
  void close();

 private:
  explicit UnixSocket(util::Fd fd) : fd_(std::move(fd)) {}

  util::Fd fd_;
  std::filesystem::path path_;
  dev_t device_ = 0;
  ino_t inode_ = 0;
};

}  // namespace taskman::net
