#pragma once
// A forked copy of the test that does one thing. Fork only while the test has no other threads.

#include <sys/types.h>

#include <functional>
#include <string>

#include "common/util/fd.hpp"

namespace taskman::test {

/// Killed and reaped by the destructor when it still runs.
class Child {
 public:
  /// Runs `body(output)` in the child and exits with what it returns; 99 when it throws.
  explicit Child(const std::function<int(int output)>& body);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  pid_t pid() const { return pid_; }
  /// The next line the child wrote without its end; empty at the end of the output.
  std::string read_line();
  void kill();
  /// The exit code; -1 when a signal ended it.
  int wait();

 private:
  pid_t pid_ = -1;
  util::Fd output_;
  std::string buffer_;
};

/// `Child(body).wait()`.
int in_child(const std::function<int()>& body);

}  // namespace taskman::test
