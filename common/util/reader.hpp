#pragma once
// What comes out of a descriptor, as much of it as is wanted: a device may never end.

#include <cstddef>
#include <string>

namespace taskman::util {

/// Waits for what is not there yet, also where the descriptor would not. Does not own it. One
/// thread. Both throw std::system_error: EFBIG for more than `most` bytes, else what read() says.
class Reader {
 public:
  explicit Reader(int fd) : fd_(fd) {}

  /// One line without its newline; false at the end.
  bool read_line(std::string& line, std::size_t most);
  /// The rest.
  std::string read_rest(std::size_t most);

 private:
  bool fill();

  int fd_;
  std::string read_;  // and not taken yet, from begin_ on
  std::size_t begin_ = 0;
};

}  // namespace taskman::util
