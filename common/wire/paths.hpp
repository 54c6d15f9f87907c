#pragma once
// URL paths and header names exist only here.

#include <string>
#include <string_view>

#include "common/model/hook.hpp"
#include "common/model/task.hpp"

namespace taskman::wire {

inline constexpr std::string_view kTasks = "/api/v1/tasks";
inline constexpr std::string_view kTasksBulk = "/api/v1/tasks/bulk";
inline constexpr std::string_view kTasksClaim = "/api/v1/tasks/claim";
inline constexpr std::string_view kSprints = "/api/v1/sprints";
inline constexpr std::string_view kProjects = "/api/v1/projects";
inline constexpr std::string_view kLabels = "/api/v1/labels";
inline constexpr std::string_view kEvents = "/api/v1/events";
inline constexpr std::string_view kWebSocket = "/api/v1/ws";
inline constexpr std::string_view kSubscribers = "/api/v1/subscribers";
inline constexpr std::string_view kHooks = "/api/v1/hooks";
inline constexpr std::string_view kDeadLetters = "/api/v1/hooks/dead";
inline constexpr std::string_view kBatch = "/api/v1/batch";
inline constexpr std::string_view kUndo = "/api/v1/undo";
inline constexpr std::string_view kImport = "/api/v1/import";
inline constexpr std::string_view kExport = "/api/v1/export";
inline constexpr std::string_view kBackup = "/api/v1/backup";
inline constexpr std::string_view kShutdown = "/api/v1/shutdown";
inline constexpr std::string_view kComplete = "/api/v1/complete";
inline constexpr std::string_view kHealth = "/api/v1/health";
inline constexpr std::string_view kMetrics = "/metrics";
inline constexpr std::string_view kOpenapi = "/openapi.json";

inline constexpr std::string_view kActorHeader = "Taskman-Actor";
inline constexpr std::string_view kOriginHeader = "Taskman-Origin";
// Values of it that mean something to the daemon. What `taskman run` does by itself is not what its
// user means by the last command; that a lease ran out was nobody's.
inline constexpr std::string_view kCliOrigin = "cli";
inline constexpr std::string_view kRunOrigin = "run";
inline constexpr std::string_view kLeaseOrigin = "lease";
inline constexpr std::string_view kVersionHeader = "Taskman-Version";
inline constexpr std::string_view kProtocolHeader = "Taskman-Protocol";
inline constexpr std::string_view kStoreHeader = "Taskman-Store";
inline constexpr std::string_view kCursorHeader = "Taskman-Cursor";
inline constexpr std::string_view kKeyHeader = "Idempotency-Key";
inline constexpr std::string_view kReplayedHeader = "Idempotency-Replayed";
inline constexpr std::string_view kAnsweredHeader = "Idempotency-Answered";
inline constexpr std::string_view kProblemType = "application/problem+json";

/// `/api/v1/tasks/42` and `/api/v1/tasks/42/done`.
std::string task_path(model::TaskId id, std::string_view tail = {});
/// `/api/v1/sprints/current/progress`; `word` is percent-encoded.
std::string sprint_path(std::string_view word, std::string_view tail = {});
std::string project_path(std::string_view key);
std::string hook_path(model::HookId id, std::string_view tail = {});

/// RFC 3986 percent-encoding of everything but unreserved characters.
std::string percent_encode(std::string_view text);

}  // namespace taskman::wire
