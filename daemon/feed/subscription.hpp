#pragma once
// What a reader of the change feed asks for, and what it reads by. The hub (hub.hpp) owns it once
// handed over.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/filter/filter.hpp"
#include "common/model/changeset.hpp"

namespace taskman::feed {

enum class Encoding { kSse, kNdjson };

/// What of the log a reader wants. Everything when all is empty.
struct Selection {
  std::vector<model::ChangeType> types;  ///< empty: every type
  std::optional<filter::Expr> filter;  ///< tasks that match before or after; sprint words resolved
  filter::Context context;             ///< of the filter
  std::vector<model::TaskId> tasks;    ///< changes of these tasks …
  std::optional<model::SprintId>
      sprint;  ///< … or of this sprint and of tasks that are or were in it
  std::optional<std::string> project;  ///< … or of this project and its tasks
};

/// A frame is sent whole (a changeset is atomic) when any of its changes is selected.
struct SubscriptionRequest {
  Encoding encoding = Encoding::kSse;
  std::optional<std::string> since;  ///< the cursor as the client sent it; none: from now on
  Selection selection;
  std::chrono::milliseconds heartbeat{15000};
  std::string peer;  ///< for the log: actor and origin
};

/// A long poll or a JSON poll: one batch of frames after `since`.
struct PollRequest {
  std::optional<std::string> since;      ///< none: from the oldest kept
  std::optional<std::int64_t> latest{};  ///< instead: so many of the newest
  std::int64_t limit = 1000;
  Selection selection;
};

/// A long poll that has to wait.
struct ParkedPoll {
  model::Cursor since;  ///< of this log; everything up to here is known or not wanted
  std::int64_t limit = 1000;
  Selection selection;
  std::chrono::steady_clock::time_point until;
};

struct PollAnswer {
  std::vector<std::string> frames;  ///< encoded
  model::Cursor cursor;             ///< where to go on: after the last revision that was looked at
  bool more = false;
};

}  // namespace taskman::feed
