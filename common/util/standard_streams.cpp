#include "common/util/standard_streams.hpp"

#include <fcntl.h>
#include <unistd.h>

namespace taskman::util {

void hold_standard_streams() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(fd, F_GETFD) >= 0) continue;
    // The lowest free number is given, and those below are taken. Opened for what is not done with
    // it: EBADF, as before.
    ::open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
}

}  // namespace taskman::util
