// What the command line answers by itself, and failures.

#include <array>

#include "common/wire/schema_table.hpp"

namespace taskman::wire {
namespace {

constexpr std::array kExportReport{
    PropertyDoc{"path", "text?", "the file; null when it went to stdout"},
    PropertyDoc{"format", "text", "jsonl, csv or taskwarrior"},
    PropertyDoc{"bytes", "int", ""},
    PropertyDoc{"projects", "int", "in the store"},
    PropertyDoc{"sprints", "int", ""},
    PropertyDoc{"tasks", "int", ""},
    PropertyDoc{"comments", "int", ""},
    PropertyDoc{"text", "text?", "the export itself; null when it is in the file"},
};

constexpr std::array kRestoreReport{
    PropertyDoc{"path", "text", "the backup"},
    PropertyDoc{"database", "text", "what it was put in the place of"},
    PropertyDoc{"kept", "text?", "the database before it"},
    PropertyDoc{"restarted", "bool", "a daemon ran, and runs again"},
};

constexpr std::array kDaemonStatus{
    PropertyDoc{"running", "bool", "it answers on its socket"},
    PropertyDoc{"pid", "int?", ""},
    PropertyDoc{"version", "text?", "of the daemon"},
    PropertyDoc{"started_at", "time?", ""},
    PropertyDoc{"uptime_seconds", "int?", ""},
    PropertyDoc{"socket", "text", ""},
    PropertyDoc{"database", "text?", "null when it is not known here"},
    PropertyDoc{"log", "text?", "null when it is not known here"},
    PropertyDoc{"store", "text?", "the store's id"},
    PropertyDoc{"cursor", "cursor?", "the newest revision"},
};

constexpr std::array kTaskReasons{
    PropertyDoc{"id", "id", ""},
    PropertyDoc{"ready", "bool", "nothing keeps it from being begun"},
    PropertyDoc{"status", "status", ""},
    PropertyDoc{"blocked_reason", "text?", "why it is blocked by hand"},
    PropertyDoc{"waits_for", "[@Task]", "the open tasks that come first"},
};

constexpr std::array kDaemonPath{PropertyDoc{"socket", "text", ""}};

constexpr std::array kGitHook{
    PropertyDoc{"name", "text", "commit-msg, post-commit, post-merge"},
    PropertyDoc{"path", "text", "its file"},
    PropertyDoc{"state", "text",
                "installed, updated, unchanged; removed, absent; yours: a file of somebody else's"},
};

constexpr std::array kGitMention{
    PropertyDoc{"task", "id", ""},
    PropertyDoc{"trailer", "text", "as it is written: Closes, Fixes, Refs"},
    PropertyDoc{
        "outcome", "text",
        "known, unknown, unchecked (commit-msg); closed, commented, before, failed, unsure: "
        "no answer came, it may have been done"},
    PropertyDoc{"message", "text?", "why nothing came of it"},
};

constexpr std::array kLogRecord{
    PropertyDoc{"at", "time", ""},
    PropertyDoc{"level", "text", "debug, info, warning or error"},
    PropertyDoc{"pid", "int", "of the daemon that wrote it"},
    PropertyDoc{"message", "text", "what happened; what it is about are members beside it"},
};

constexpr std::array kNamedSchema{
    PropertyDoc{"name", "text", "a kind of answers, or a thing"},
    PropertyDoc{"schema", "any", "its JSON Schema, complete in itself"},
};

constexpr std::array kCompletionScript{
    PropertyDoc{"shell", "text", "bash, zsh or fish"},
    PropertyDoc{"script", "text", "to be read by the shell"},
};

constexpr std::array kHelpText{
    PropertyDoc{"about", "text", "a command, a noun or a topic; empty: the program"},
    PropertyDoc{"text", "text", "for people"},
};

constexpr std::array kSetting{
    PropertyDoc{"name", "text", ""},
    PropertyDoc{"value", "text?", "null when it is not set"},
    PropertyDoc{"origin", "text", "default, user file, project file, environment or flag"},
    PropertyDoc{"where", "text?", "file and line, variable or flag"},
};

constexpr std::array kDetail{
    PropertyDoc{"name", "text", "a field, or the number of a line"},
    PropertyDoc{"message", "text", "what is wrong with it"},
    PropertyDoc{"base", "value", "of a lost race: the field as the caller saw it"},
    PropertyDoc{"theirs", "value", "as others made it since"},
    PropertyDoc{"yours", "value", "as the caller wants it"},
};

constexpr std::array kProblem{
    PropertyDoc{"type", "text", "urn:taskman:problem: and the code"},
    PropertyDoc{"title", "text", "the same for every occurrence"},
    PropertyDoc{"status", "int", "the HTTP status"},
    PropertyDoc{"detail", "text", "what happened"},
    PropertyDoc{"instance", "text", "the request's id, also in the daemon's log"},
    PropertyDoc{"code", "text", "for programs"},
    PropertyDoc{"hint", "text?", "the way out"},
    PropertyDoc{"retryable", "bool", "the same request may succeed later"},
    PropertyDoc{"details", "[@Detail]", ""},
};

constexpr std::array kFailure{
    PropertyDoc{"code", "text", "for programs"},
    PropertyDoc{"message", "text", "what happened"},
    PropertyDoc{"hint", "text?", "the way out"},
    PropertyDoc{"retryable", "bool", "the same command may succeed later"},
    PropertyDoc{"details", "[@Detail]", ""},
};

constexpr std::array kError{PropertyDoc{"error", "@Failure", ""}};

constexpr auto kRead = Direction::kRead;

constexpr std::array kThings{
    ObjectDoc{"ExportReport", "an export", kRead, kExportReport, ""},
    ObjectDoc{"RestoreReport", "a restore", kRead, kRestoreReport, ""},
    ObjectDoc{"DaemonStatus", "the daemon from outside", kRead, kDaemonStatus, ""},
    ObjectDoc{"TaskReasons", "why a task cannot be begun", kRead, kTaskReasons, ""},
    ObjectDoc{"DaemonPath", "where the daemon listens", kRead, kDaemonPath, ""},
    ObjectDoc{"Setting", "a value and where it came from", kRead, kSetting, ""},
    ObjectDoc{"GitHook", "a hook of a git repository", kRead, kGitHook, ""},
    ObjectDoc{"GitMention", "a task that a commit names", kRead, kGitMention, ""},
    ObjectDoc{"LogRecord", "a line of the daemon's log; of a line that is no record the message",
              kRead, kLogRecord, "at level pid"},
    ObjectDoc{"NamedSchema", "a schema by its name", kRead, kNamedSchema, ""},
    ObjectDoc{"CompletionScript", "the completion of a shell", kRead, kCompletionScript, ""},
    ObjectDoc{"HelpText", "help about something", kRead, kHelpText, ""},
    ObjectDoc{"Problem", "a failure of the API (RFC 9457)", kRead, kProblem, ""},
    ObjectDoc{"Detail", "what is wrong with one field", kRead, kDetail, "base theirs yours"},
    ObjectDoc{"Error", "a failure of the command line, on stderr with --json", kRead, kError, ""},
    ObjectDoc{"Failure", "what went wrong", kRead, kFailure, ""},
};

}  // namespace

std::span<const ObjectDoc> local_docs() { return kThings; }

}  // namespace taskman::wire
