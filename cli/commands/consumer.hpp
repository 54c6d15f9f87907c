#pragma once
// A reader of the change log that has a name, and goes on where it stopped. One thread.

#include <optional>
#include <string>

#include "cli/session/session.hpp"
#include "common/util/fd.hpp"

namespace taskman::cli {

/// Its position is a file in the state folder, by store and name. Whatever ends the process, the
/// file holds the last cursor that was kept. While it lives no other process reads by that name.
class Consumer {
 public:
  /// Throws kInvalidValue for what is no name, kConflict while another process reads by it.
  Consumer(Session& session, const std::string& name);

  /// Where it stopped; none when it is new.
  const std::optional<std::string>& cursor() const { return cursor_; }
  /// Everything up to `cursor` is done with. Returns when that is on disk.
  void keep(const std::string& cursor);

 private:
  std::string file_;
  util::Fd lock_;
  std::optional<std::string> cursor_;
};

}  // namespace taskman::cli
