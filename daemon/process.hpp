#pragma once
// What a process is before any thread of it runs: signals, limits, descriptors.

#include <csignal>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "common/util/environment.hpp"

namespace taskman {

/// The signals main waits for, blocked from now on in this thread and those it starts; SIGPIPE and
/// SIGXFSZ are ignored, so that writes fail with an error instead.
sigset_t take_signals();

/// As many descriptors as we are allowed, few malloc arenas, files for the owner alone.
void set_limits();

/// How many descriptors this process may have open.
std::size_t most_descriptors();

/// The descriptors systemd passed (sd_listen_fds(3)), none when they are not for this process.
std::vector<int> passed_descriptors(const util::Environment& environment);

/// Closes whatever was inherited from 3 on but these.
void close_descriptors_except(std::vector<int> kept);

/// Figures of this process, from /proc.
struct ProcessFigures {
  std::int64_t resident_bytes = 0;
  std::int64_t descriptors = 0;
  std::int64_t threads = 0;
};
ProcessFigures process_figures();

}  // namespace taskman
