#pragma once

#include <sys/resource.h>

namespace taskman::test {

/// As many open files as are allowed, for tests with thousands of connections.
inline void raise_descriptor_limit() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace taskman::test
