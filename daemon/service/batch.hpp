#pragma once

#include <string_view>

#include "daemon/service/service.hpp"

namespace taskman::service {

/// Many verbs in one transaction. Owned by the composition root; thread-safe.
class Batch {
 public:
  explicit Batch(const Base& base) : base_(base) {}

  /// One verb a line, in their order, all or nothing; one changeset. Throws what the first line
  /// that fails throws, naming it; kPayloadTooLarge for more lines than one transaction should
  /// hold. Kind `batch`; a dry run tells the changes.
  Answer run(const WriteRequest& request, std::string_view lines) const;

 private:
  const Base base_;
};

}  // namespace taskman::service
