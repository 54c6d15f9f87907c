#pragma once
// A batch: verbs one a line, all or nothing. `{"verb":"task done","id":42}`, and for a verb that
// makes something the fields its route takes: `{"verb":"task add","title":"x"}`.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/model/changeset.hpp"
#include "common/model/task.hpp"
#include "common/wire/claims.hpp"

namespace taskman::wire {

/// A line taken apart.
struct BatchLine {
  std::string verb;
  std::optional<model::EntityId>
      id;            ///< what it acts on: a number, a sprint's name, a project's key
  std::string body;  ///< the other members, as the body of the verb's own route
};

/// What the lines of a batch have made so far, by line from 1; none where a line made nothing.
using MadeIds = std::vector<std::optional<model::EntityId>>;

/// `"$3"` where a task or a sprint is named (id, parent, sprint, blocked_by, …) stands for what
/// line 3 made, or found to claim; anywhere else it is text. Throws kMalformedRequest, and
/// kInvalidValue for a reference to a line that made nothing.
BatchLine decode_batch_line(std::string_view line, const MadeIds& made);

/// What `task claim` takes in the place of an id: `{"next":true}` with what the claim of the next
/// takes; none without `next`.
std::optional<ClaimNext> decode_next(std::string_view json);
/// What `task dep add` and `remove` take: `{"on":7}` or `{"on":[7,8]}`.
std::vector<model::TaskId> decode_dependency(std::string_view json);
/// What `sprint delete` and `project delete` take: `{}` or `{"detach":true}`.
bool decode_detach(std::string_view json);

struct BatchResult {
  std::int64_t line = 0;  ///< of the request's body, from 1
  std::string verb;
  model::EntityId id;  ///< what it made or acted on
  bool operator==(const BatchResult&) const = default;
};

/// `data` of the envelope of kind `batch`.
struct BatchReport {
  bool dry_run = false;
  std::vector<BatchResult> results;
  std::string changes = "[]";  ///< of a dry run: what the changeset would hold, as in a frame
  bool operator==(const BatchReport&) const = default;
};
std::string encode(const BatchReport& report);
BatchReport decode_batch_report(std::string_view json);

}  // namespace taskman::wire
