#pragma once
// A log file as it grows, also across its replacement by a new one. One thread.

#include <cstddef>
#include <string>
#include <vector>

#include "common/util/fd.hpp"

namespace taskman::client {

class LogTail {
 public:
  /// The file may still have to come; its folder must be there. Throws kNotFound.
  explicit LogTail(std::string path);

  /// The last lines of what is there; next() goes on after them.
  std::vector<std::string> last(std::size_t count);
  /// Whole lines that came since.
  std::vector<std::string> next();
  /// Readable when something may have come.
  int descriptor() const { return watch_.get(); }

 private:
  void open();
  bool was_replaced() const;
  void read_rest();
  std::vector<std::string> take_lines();

  const std::string path_;
  util::Fd watch_;
  util::Fd file_;
  std::string text_;  ///< read, not yet given out
};

}  // namespace taskman::client
