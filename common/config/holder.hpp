#pragma once
// What the lock beside a database tells of the daemon that holds it. The daemon writes it, commands
// read it: they may know the database while nobody listens where they look.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace taskman::config {

struct Holder {
  std::int64_t pid = 0;  ///< 0: not said (yet)
  std::string socket;    ///< empty: not said
};

/// `process 17 on /run/user/1000/taskman/taskman.sock`, as far as it is known.
std::string to_text(const Holder& holder);
/// What to_text made; fields that are not there keep their defaults.
Holder parse_holder(std::string_view text);

/// Who holds the lock right now; none when it is free or cannot be looked at. Takes it, shared, for
/// an instant.
std::optional<Holder> find_holder(const std::string& lock);

}  // namespace taskman::config
