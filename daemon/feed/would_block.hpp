#pragma once

#include <cerrno>

namespace taskman::feed {

/// Of a call on a socket that just failed: there is nothing to do now, and nothing wrong.
inline bool would_block() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

}  // namespace taskman::feed
