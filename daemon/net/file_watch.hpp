#pragma once
// Tells when a file may have lost its name; what happens beside it wakes nobody.

#include <filesystem>
#include <functional>

#include "daemon/net/event_loop.hpp"

namespace taskman::net {

/// On the loop's thread, or while the loop does not run.
class FileWatch final : public EventHandler {
 public:
  /// `touched` is called on the loop's thread when the file that is at `path` now is removed,
  /// moved, replaced, or its attributes change; it may destroy the watch. Never, where inotify(7)
  /// is used up.
  FileWatch(EventLoop& loop, const std::filesystem::path& path, std::function<void()> touched);
  ~FileWatch();
  FileWatch(const FileWatch&) = delete;
  FileWatch& operator=(const FileWatch&) = delete;

  void on_ready(std::uint32_t events) override;

 private:
  EventLoop& loop_;
  util::Fd fd_;
  const std::function<void()> touched_;
};

}  // namespace taskman::net
