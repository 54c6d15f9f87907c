// The kinds of documents that one command each answers with: their fields are those of the schema.

#include "cli/commands/print.hpp"
#include "common/wire/schema.hpp"

namespace taskman::cli {
namespace {

constexpr Kind kFrames{"cursor", "changes", "rev,prev,cursor,at,actor,origin,changes",
                       [] { return wire::schema_fields("Frame"); }};
constexpr Kind kRevisions{"rev", "changes", kFrames.columns, kFrames.known};
constexpr Kind kLogRecords{"message", "lines", "at,level,pid,message",
                           [] { return wire::schema_fields("LogRecord"); }};
constexpr Kind kReasons{"id", "tasks", "id,ready,status,blocked_reason,waits_for",
                        [] { return wire::schema_fields("TaskReasons"); }};
constexpr Kind kTaskRuns{"id", "tasks", "id,status,exit_code,title",
                         [] { return wire::schema_fields("TaskRun"); }};
constexpr Kind kBatch{"id",           "lines",
                      "line,verb,id", [] { return wire::schema_fields("BatchResult"); },
                      nullptr,        "results"};
constexpr Kind kImport{"id",
                       "records",
                       "line,kind,outcome,id,message",
                       [] { return wire::schema_fields("ImportResult"); },
                       nullptr,
                       "results"};
constexpr Kind kExport{"path", "exports", "path,format,bytes,projects,sprints,tasks,comments",
                       [] { return wire::schema_fields("ExportReport"); }};
constexpr Kind kBackup{"path", "backups", "path,bytes",
                       [] { return wire::schema_fields("BackupReport"); }};
constexpr Kind kRestore{"database", "backups", "path,database,kept,restarted",
                        [] { return wire::schema_fields("RestoreReport"); }};
constexpr Kind kDaemonPath{"socket", "sockets", "socket",
                           [] { return wire::schema_fields("DaemonPath"); }};
constexpr Kind kSchemas{"name", "schemas", "name,schema",
                        [] { return wire::schema_fields("NamedSchema"); }};
constexpr Kind kScripts{"shell", "scripts", "shell,script",
                        [] { return wire::schema_fields("CompletionScript"); }};

}  // namespace

const Kind& frame_kind() { return kFrames; }
const Kind& revision_kind() { return kRevisions; }
const Kind& log_record_kind() { return kLogRecords; }
const Kind& reasons_kind() { return kReasons; }
const Kind& task_run_kind() { return kTaskRuns; }
const Kind& batch_kind() { return kBatch; }
const Kind& import_kind() { return kImport; }
const Kind& export_kind() { return kExport; }
const Kind& backup_kind() { return kBackup; }
const Kind& restore_kind() { return kRestore; }
const Kind& daemon_path_kind() { return kDaemonPath; }
const Kind& schema_kind() { return kSchemas; }
const Kind& completion_kind() { return kScripts; }

}  // namespace taskman::cli
