#pragma once

#include <string>
#include <string_view>

#include "daemon/service/service.hpp"

namespace taskman::service {

/// What to do with lines that cannot be imported.
enum class InvalidLines { kRefuseAll, kSkip };

/// A document whole, not an envelope.
struct Document {
  std::string text;
  model::Cursor cursor;
};

/// Import and export of everything, as NDJSON records. Owned by the composition root; thread-safe.
class Transfer {
 public:
  explicit Transfer(const Base& base) : base_(base) {}

  /// One record a line, in any order of references; one transaction, one changeset. Throws
  /// kInvalidValue with one field per bad line when there is one and lines are not skipped. Kind
  /// `import`.
  Answer import(const WriteRequest& request, std::string_view lines, InvalidLines invalid) const;

  /// Projects, sprints, tasks and comments, each by key or id: the same store gives the same bytes.
  Document export_all() const;

 private:
  const Base base_;
};

}  // namespace taskman::service
