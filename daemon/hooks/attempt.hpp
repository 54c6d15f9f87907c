#pragma once
// One attempt to tell a hook of one change, whatever the way.

#include <cstdint>
#include <functional>
#include <string>

#include "common/model/hook.hpp"

namespace taskman::hooks {

/// What is delivered, and to whom.
struct Delivery {
  model::HookId hook;
  std::string target;
  std::string secret;  ///< of a URL
  std::string actor;   ///< who added the hook
  std::int64_t rev = 0;
  std::string frame;
};

struct Outcome {
  enum class Kind {
    kDelivered,
    kFailed,
    kUnwanted,  ///< the receiver wants no more, ever
  } kind = Kind::kDelivered;
  std::string error{};
};

/// Called once, on the loop's thread, when an attempt has ended by itself; the attempt still lives.
using Done = std::function<void(Outcome outcome)>;

/// Destroying it before it is done ends it at once. One thread, the loop's.
class Attempt {
 public:
  Attempt() = default;
  virtual ~Attempt() = default;
  Attempt(const Attempt&) = delete;
  Attempt& operator=(const Attempt&) = delete;

  /// Asks it to end soon; it is done then.
  virtual void end() = 0;
};

}  // namespace taskman::hooks
