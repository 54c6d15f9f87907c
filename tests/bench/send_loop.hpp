#pragma once
// The floor for fan-out: nothing but accept() and a loop of send().

#include <sys/types.h>

#include <cstddef>
#include <string>

#include "target.hpp"

namespace taskman::bench {

/// A child that accepts `count` connections and then sends `block` to each, whenever told.
class SendLoop {
 public:
  /// On `target`; a port of 0 is chosen.
  SendLoop(const Target& target, std::size_t count, const std::string& block);
  ~SendLoop();
  SendLoop(const SendLoop&) = delete;
  SendLoop& operator=(const SendLoop&) = delete;

  const Target& target() const { return target_; }
  pid_t pid() const { return pid_; }
  void send() const;

 private:
  Target target_;
  int control_ = -1;
  pid_t pid_ = -1;
};

}  // namespace taskman::bench
