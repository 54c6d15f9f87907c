#pragma once
// What a reader of the change feed asks for, and what it reads by. The hub (hub.hpp) owns it once
// handed over.

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/filter/filter.hpp"
#include "common/model/changeset.hpp"
#include "common/util/fd.hpp"

namespace taskman::feed {

enum class Encoding { kSse, kNdjson, kWebSocket };

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

/// What a reader is sent before anything else: `size` bytes of a file without a name.
struct Spool {
  util::Fd file;
  off_t size = 0;
  off_t sent = 0;
  model::Cursor cursor;  ///< where changes go on after it
};

/// Who reads, for the log and for people who look.
struct Client {
  std::string actor;
  std::string origin;
  std::string wants;  ///< what it selects, in the words of its request
};

/// A frame is sent whole (a changeset is atomic) when any of its changes is selected.
struct SubscriptionRequest {
  Encoding encoding = Encoding::kSse;
  std::optional<std::string> since;  ///< the cursor as the client sent it; none: from now on
  Selection selection;
  std::optional<Spool> spool{};  ///< ends at `since`
  std::chrono::milliseconds heartbeat{15000};
  Client client{};
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
  Client client{};
};

struct PollAnswer {
  std::vector<std::string> frames;  ///< encoded
  model::Cursor cursor;             ///< where to go on: after the last revision that was looked at
  bool more = false;
};

}  // namespace taskman::feed
