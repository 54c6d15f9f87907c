#include "cli/client/cut_off.hpp"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <system_error>
#include <vector>

#include "cli/client/connection.hpp"
#include "common/config/holder.hpp"

namespace taskman::client {
namespace {

namespace fs = std::filesystem;

/// An ending daemon removes the file an instant before it closes the socket.
constexpr int kInstant = 100;  // ms

/// The listening sockets that were bound to this path, as /proc/<pid>/fd calls them.
std::vector<std::string> listening_on(const std::string& path) {
  std::vector<std::string> found;
  std::ifstream table("/proc/net/unix");
  for (std::string line; std::getline(table, line);) {
    if (!line.ends_with(" " + path)) continue;
    std::istringstream words(line);
    std::string skipped;
    std::string flags;
    std::string inode;
    words >> skipped >> skipped >> skipped >> flags >> skipped >> skipped >> inode;
    constexpr std::string_view kAccepts = "00010000";  // __SO_ACCEPTCON
    if (flags == kAccepts) found.push_back("socket:[" + inode + "]");
  }
  return found;
}

bool has_one_of(std::int64_t pid, const std::vector<std::string>& sockets) {
  if (sockets.empty()) return false;
  std::error_code unreadable;
  for (fs::directory_iterator each("/proc/" + std::to_string(pid) + "/fd", unreadable), end;
       !unreadable && each != end; each.increment(unreadable)) {
    std::error_code gone;
    const std::string target = fs::read_symlink(each->path(), gone).string();
    if (std::ranges::find(sockets, target) != sockets.end()) return true;
  }
  return false;
}

bool is_reachable(const std::string& socket, const Deadline& deadline) {
  return Connection::open(socket, deadline) || (errno != ENOENT && errno != ECONNREFUSED);
}

}  // namespace

std::optional<Process> find_cut_off(const config::Paths& paths, const Deadline& deadline) {
  const auto holder = config::find_holder(paths.lock);
  if (!holder) return std::nullopt;
  auto process = Process::find(holder->pid);
  const auto listens = [&] { return has_one_of(holder->pid, listening_on(paths.socket)); };
  // In this order: a daemon that begins to listen is reachable from then on.
  if (!process || !listens() || is_reachable(paths.socket, deadline)) return std::nullopt;
  // Meanwhile it may also have noticed, and listen anew.
  ::poll(nullptr, 0, kInstant);
  if (!listens() || is_reachable(paths.socket, deadline)) return std::nullopt;
  return process;
}

}  // namespace taskman::client
