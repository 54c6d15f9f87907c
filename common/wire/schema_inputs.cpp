// What callers send.

#include <array>

#include "common/wire/schema_table.hpp"

namespace taskman::wire {
namespace {

constexpr std::array kNewTask{
    PropertyDoc{"title", "text", "1 to 500 characters"},
    PropertyDoc{"body", "text", "at most 64 KiB"},
    PropertyDoc{"status", "word", "a status or one of its aliases"},
    PropertyDoc{"priority", "word", "a priority or one of its aliases"},
    PropertyDoc{"project", "text?", "a project's key"},
    PropertyDoc{"sprint", "id|text?", "id, name, current, next, prev"},
    PropertyDoc{"parent", "id?", ""},
    PropertyDoc{"assignee", "text?", ""},
    PropertyDoc{"labels", "[text]", ""},
    PropertyDoc{"points", "int?", "0 to 1000"},
    PropertyDoc{"due", "time|day?", "a day means its end in UTC"},
    PropertyDoc{"blocked_by", "[id]", "tasks that come first"},
    PropertyDoc{"blocked_reason", "text?", ""},
    PropertyDoc{"external_id", "text?", "unique"},
};

constexpr std::array kTaskEdit{
    PropertyDoc{"title", "text", "1 to 500 characters"},
    PropertyDoc{"body", "text?", "at most 64 KiB"},
    PropertyDoc{"status", "word", "a status or one of its aliases"},
    PropertyDoc{"priority", "word", "a priority or one of its aliases"},
    PropertyDoc{"project", "text?", "a project's key"},
    PropertyDoc{"parent", "id?", ""},
    PropertyDoc{"assignee", "text?", ""},
    PropertyDoc{"labels", "[text]?", "replaces all"},
    PropertyDoc{"add_labels", "[text]", ""},
    PropertyDoc{"remove_labels", "[text]", ""},
    PropertyDoc{"points", "int?", "0 to 1000"},
    PropertyDoc{"due", "time|day?", "a day means its end in UTC"},
    PropertyDoc{"blocked_by", "[id]?", "replaces all"},
    PropertyDoc{"add_blocked_by", "[id]", ""},
    PropertyDoc{"remove_blocked_by", "[id]", ""},
    PropertyDoc{"blocked_reason", "text?", ""},
    PropertyDoc{"external_id", "text?", "unique"},
    PropertyDoc{"sprint", "id|text?", "id, name, current, next, prev"},
};

constexpr std::array kNewSprint{
    PropertyDoc{"name", "text", "1 to 100 characters; not a number, not a word like current"},
    PropertyDoc{"project", "text?", "a project's key"},
    PropertyDoc{"goal", "text", ""},
    PropertyDoc{"start", "day?", "first day"},
    PropertyDoc{"end", "day?", "last day"},
    PropertyDoc{"tz", "text", "IANA time zone of start and end; UTC"},
    PropertyDoc{"capacity", "int?", "points"},
};

constexpr std::array kSprintEdit{
    PropertyDoc{"name", "text", ""},           PropertyDoc{"project", "text?", "a project's key"},
    PropertyDoc{"goal", "text?", ""},          PropertyDoc{"start", "day?", "first day"},
    PropertyDoc{"end", "day?", "last day"},    PropertyDoc{"tz", "text", ""},
    PropertyDoc{"capacity", "int?", "points"},
};

constexpr std::array kNewProject{
    PropertyDoc{"key", "text", "1 to 100 of A-Z a-z 0-9 . _ -; never changes"},
    PropertyDoc{"name", "text", "the key when it is left out"},
    PropertyDoc{"description", "text", ""},
};

constexpr std::array kProjectEdit{
    PropertyDoc{"name", "text", ""},
    PropertyDoc{"description", "text?", ""},
};

constexpr std::array kNewHook{
    PropertyDoc{"on", "text", "types of changes and a filter: task.updated status:done"},
    PropertyDoc{"run", "text", "a command line for the shell; not by TCP"},
    PropertyDoc{"post", "text", "or an http:// or https:// URL"},
    PropertyDoc{"secret", "text", "of a URL: signs what is posted; made when it is left out"},
    PropertyDoc{"project", "text", "whose sprints the filter's words mean"},
};

constexpr std::array kNewComment{PropertyDoc{"text", "text", "at most 64 KiB"}};
constexpr PropertyDoc kToken{"token", "int?",
                             "only while you hold it under the lease with this token"};
constexpr std::array kVerb{
    PropertyDoc{"reason", "text?", "why"},
    PropertyDoc{"if_claimed", "bool", "only while you hold the task; else claimed"},
    kToken,
};
constexpr std::array kRelease{
    PropertyDoc{"if_claimed", "bool", "only while you hold the task; else claimed"},
    kToken,
};
constexpr PropertyDoc kLength{"lease", "word|int?", "100ms to 365d, a number is seconds; 30m"};
constexpr std::array kClaim{
    kLength,
    PropertyDoc{"exclusive", "bool", "refused also when you hold the task; else that is renewed"},
};
constexpr std::array kRenewal{kLength, kToken};
constexpr std::array kClaimNext{
    PropertyDoc{"filter", "text?", "the filter language"},
    PropertyDoc{"sprints_of", "text?", "a project: whose sprints the filter's words mean"},
    PropertyDoc{"order", "text?", "keys as in sort=; priority,due"},
    kLength,
};

constexpr std::array kBulk{
    PropertyDoc{"verb", "text", "done, start, edit, …"},
    PropertyDoc{"ids", "[id]", "one transaction for all"},
    PropertyDoc{"where", "text?",
                "a filter: all tasks that match it; beside ids: only if they are these"},
    PropertyDoc{"sprints_of", "text?", "the project whose sprints the filter's words mean"},
    PropertyDoc{"reason", "text?", "why"},
    PropertyDoc{"set", "@TaskEdit", "of verb edit"},
    PropertyDoc{"text", "text?", "of verb comment"},
    PropertyDoc{"lease", "word|int?", "of verbs claim and renew"},
    PropertyDoc{"exclusive", "bool", "of verb claim: refused also when you hold one"},
    PropertyDoc{"if_claimed", "bool", "only while you hold the tasks; else claimed"},
    kToken,
};

constexpr std::array kBatchLine{
    PropertyDoc{"verb", "text", "as on the command line: task add, task done, sprint close, …"},
    PropertyDoc{"id", "int|text",
                "what it acts on; $1 is what line 1 made; task claim takes next: true instead"},
};

constexpr std::array kClose{
    PropertyDoc{"carry", "id|text?", "where open tasks go: none, next, a sprint"},
};

constexpr std::array kUndo{
    PropertyDoc{"rev", "int?", "which changeset; the caller's newest when it is left out"},
    PropertyDoc{"redo", "bool", "take back an undo"},
};

constexpr std::array kBackupCommand{
    PropertyDoc{"path", "text", "absolute, of a file that is not there yet"}};

constexpr std::array kImportTask{
    PropertyDoc{"kind", "text", "task; may be left out"},
    PropertyDoc{"id", "id?",
                "kept in an empty store, and what other records of the import refer to"},
    PropertyDoc{"title", "text", ""},
    PropertyDoc{"body", "text?", ""},
    PropertyDoc{"status", "word", "a status or one of its aliases"},
    PropertyDoc{"priority", "word", "a priority or one of its aliases"},
    PropertyDoc{"project", "text?", "a project's key; made when it is not there"},
    PropertyDoc{"sprint", "id|text?", "id or name"},
    PropertyDoc{"parent", "id|text?", "id or external id"},
    PropertyDoc{"assignee", "text?", ""},
    PropertyDoc{"labels", "[text]?", ""},
    PropertyDoc{"points", "int?", ""},
    PropertyDoc{"due", "time|day?", ""},
    PropertyDoc{"blocked_by", "[id|text]", "ids or external ids"},
    PropertyDoc{"blocked_reason", "text?", ""},
    PropertyDoc{"external_id", "text?", "what is found by it is updated"},
    PropertyDoc{"lease", "@Lease?", "its token is given anew"},
    PropertyDoc{"ready", "bool", "derived, ignored"},
    PropertyDoc{"version", "int?", ""},
    PropertyDoc{"created_at", "time?", ""},
    PropertyDoc{"updated_at", "time?", ""},
    PropertyDoc{"started_at", "time?", ""},
    PropertyDoc{"closed_at", "time?", ""},
};

constexpr std::array kImportProject{
    PropertyDoc{"kind", "text", "project"},
    PropertyDoc{"key", "text", ""},
    PropertyDoc{"name", "text", ""},
    PropertyDoc{"description", "text?", ""},
    PropertyDoc{"version", "int?", ""},
    PropertyDoc{"created_at", "time?", ""},
    PropertyDoc{"updated_at", "time?", ""},
    PropertyDoc{"started_at", "time?", "ignored"},
    PropertyDoc{"closed_at", "time?", "ignored"},
};

constexpr std::array kImportSprint{
    PropertyDoc{"kind", "text", "sprint"},
    PropertyDoc{"id", "id?", ""},
    PropertyDoc{"name", "text", ""},
    PropertyDoc{"project", "text?", ""},
    PropertyDoc{"goal", "text?", ""},
    PropertyDoc{"state", "state", ""},
    PropertyDoc{"start", "day?", ""},
    PropertyDoc{"end", "day?", ""},
    PropertyDoc{"tz", "text", ""},
    PropertyDoc{"capacity", "int?", ""},
    PropertyDoc{"committed", "[@ScopeItem]", ""},
    PropertyDoc{"report", "@SprintReport?", ""},
    PropertyDoc{"version", "int?", ""},
    PropertyDoc{"created_at", "time?", ""},
    PropertyDoc{"updated_at", "time?", ""},
    PropertyDoc{"started_at", "time?", ""},
    PropertyDoc{"closed_at", "time?", ""},
};

constexpr std::array kImportComment{
    PropertyDoc{"kind", "text", "comment"},
    PropertyDoc{"id", "id?", ""},
    PropertyDoc{"task", "id|text", "id or external id"},
    PropertyDoc{"author", "text?", ""},
    PropertyDoc{"text", "text", ""},
    PropertyDoc{"at", "time?", ""},
};

constexpr auto kSent = Direction::kSent;

constexpr std::array kInputs{
    ObjectDoc{"NewTask", "a task to be made", kSent, kNewTask, "title"},
    ObjectDoc{"TaskEdit", "fields to change; null clears", kSent, kTaskEdit, ""},
    ObjectDoc{"NewSprint", "a sprint to be made", kSent, kNewSprint, "name"},
    ObjectDoc{"SprintEdit", "fields to change; null clears", kSent, kSprintEdit, ""},
    ObjectDoc{"NewProject", "a project to be made", kSent, kNewProject, "key"},
    ObjectDoc{"ProjectEdit", "fields to change; null clears", kSent, kProjectEdit, ""},
    ObjectDoc{"NewHook", "a hook to be made: with run or post", kSent, kNewHook, "on"},
    ObjectDoc{"NewComment", "a comment to be made", kSent, kNewComment, "text"},
    ObjectDoc{"Verb", "what a verb may be told", kSent, kVerb, ""},
    ObjectDoc{"Claim", "a claim on a task", kSent, kClaim, ""},
    ObjectDoc{"ClaimNext", "a claim on the first task that waits", kSent, kClaimNext, ""},
    ObjectDoc{"Renewal", "a claim that goes on", kSent, kRenewal, ""},
    ObjectDoc{"Release", "a claim given back", kSent, kRelease, ""},
    ObjectDoc{"Bulk", "one verb on many tasks, all or nothing", kSent, kBulk, "verb"},
    ObjectDoc{"BatchLine", "a line of a batch, with the fields of the verb's own route",
              Direction::kRead, kBatchLine, "id"},
    ObjectDoc{"Close", "how to close a sprint", kSent, kClose, ""},
    ObjectDoc{"Undo", "what to take back", kSent, kUndo, ""},
    ObjectDoc{"BackupCommand", "where to", kSent, kBackupCommand, "path"},
    ObjectDoc{"ImportTask", "a line of an import or export", kSent, kImportTask, "title"},
    ObjectDoc{"ImportProject", "a line of an import or export", kSent, kImportProject, "kind key"},
    ObjectDoc{"ImportSprint", "a line of an import or export", kSent, kImportSprint, "kind name"},
    ObjectDoc{"ImportComment", "a line of an import or export", kSent, kImportComment,
              "kind task text"},
};

}  // namespace

std::span<const ObjectDoc> input_docs() { return kInputs; }

}  // namespace taskman::wire
