// The things that answers are about.

#include <algorithm>
#include <array>

#include "common/wire/schema_table.hpp"

namespace taskman::wire {
namespace {

constexpr std::array kTask{
    PropertyDoc{"id", "id", "small, stable, never reused"},
    PropertyDoc{"title", "text", "1 to 500 characters"},
    PropertyDoc{"body", "text", "at most 64 KiB"},
    PropertyDoc{"status", "status", ""},
    PropertyDoc{"priority", "priority", ""},
    PropertyDoc{"project", "text?", "a project's key"},
    PropertyDoc{"sprint", "id?", "a sprint's id"},
    PropertyDoc{"parent", "id?", "the task this one is part of"},
    PropertyDoc{"assignee", "text?", ""},
    PropertyDoc{"labels", "[text]", "sorted, each once"},
    PropertyDoc{"points", "int?", "estimate, 0 to 1000"},
    PropertyDoc{"due", "time?", ""},
    PropertyDoc{"blocked_by", "[id]", "tasks that come first, sorted"},
    PropertyDoc{"blocked_reason", "text?", "why it is blocked by hand"},
    PropertyDoc{"external_id", "text?", "its name elsewhere, unique: github:owner/repo#12"},
    PropertyDoc{"lease", "@Lease?", "who claimed it"},
    PropertyDoc{"ready", "bool",
                "derived: open, not blocked by hand, every task it waits for is closed"},
    PropertyDoc{"version", "int", "one more with every change of this task"},
    PropertyDoc{"created_at", "time", ""},
    PropertyDoc{"updated_at", "time", ""},
    PropertyDoc{"started_at", "time?", ""},
    PropertyDoc{"closed_at", "time?", ""},
};

/// Those of a task, and one more.
constexpr auto kTaskRun = [] {
  std::array<PropertyDoc, kTask.size() + 1> all{};
  *std::copy(kTask.begin(), kTask.end(), all.begin()) = {
      "exit_code", "int?", "of the command, 128 and the signal's number; null: it was not run"};
  return all;
}();

constexpr std::array kLease{
    PropertyDoc{"holder", "text", ""},
    PropertyDoc{"until", "time", ""},
    PropertyDoc{"token", "int",
                "which lease it is: grows with every new one, a renewal keeps it; 0 is of old"},
};

constexpr std::array kComment{
    PropertyDoc{"id", "id", ""},       PropertyDoc{"task", "id", ""},
    PropertyDoc{"author", "text", ""}, PropertyDoc{"text", "text", ""},
    PropertyDoc{"at", "time", ""},
};

constexpr std::array kSprint{
    PropertyDoc{"id", "id", "small, stable, never reused"},
    PropertyDoc{"name", "text", ""},
    PropertyDoc{"project", "text?", "a project's key"},
    PropertyDoc{"goal", "text", ""},
    PropertyDoc{"state", "state", ""},
    PropertyDoc{"start", "day?", "first day"},
    PropertyDoc{"end", "day?", "last day"},
    PropertyDoc{"tz", "text", "IANA time zone of start and end"},
    PropertyDoc{"capacity", "int?", "points"},
    PropertyDoc{"version", "int", "one more with every change of this sprint"},
    PropertyDoc{"created_at", "time", ""},
    PropertyDoc{"updated_at", "time", ""},
    PropertyDoc{"started_at", "time?", ""},
    PropertyDoc{"closed_at", "time?", ""},
    PropertyDoc{"committed", "[@ScopeItem]", "what was in it at the start"},
    PropertyDoc{"report", "@SprintReport?", "frozen at the close"},
};

constexpr std::array kScopeItem{
    PropertyDoc{"task", "id", ""},
    PropertyDoc{"points", "int?", ""},
    PropertyDoc{"status", "status", ""},
};

constexpr std::array kCounts{
    PropertyDoc{"total", "int", "without dropped"},
    PropertyDoc{"todo", "int", ""},
    PropertyDoc{"in_progress", "int", ""},
    PropertyDoc{"blocked", "int", ""},
    PropertyDoc{"review", "int", ""},
    PropertyDoc{"done", "int", ""},
    PropertyDoc{"dropped", "int", ""},
};

constexpr std::array kRatios{
    PropertyDoc{"tasks", "number?", "done of total; null when there is none"},
    PropertyDoc{"points", "number?", "done of total; null without estimates"},
};

constexpr std::array kProgress{
    PropertyDoc{"tasks", "@Counts", ""},
    PropertyDoc{"points", "@Counts", ""},
    PropertyDoc{"unestimated", "int", "tasks without points"},
    PropertyDoc{"done_ratio", "@Ratios", ""},
};

constexpr std::array kSprintReport{
    PropertyDoc{"progress", "@Progress", "at the instant of closing, before open tasks left"},
    PropertyDoc{"completed", "[id]", ""},
    PropertyDoc{"dropped", "[id]", ""},
    PropertyDoc{"carried", "[id]", "were still open"},
    PropertyDoc{"added", "[id]", "came after the start"},
    PropertyDoc{"removed", "[id]", "left before the close"},
    PropertyDoc{"carried_to", "text?", "a sprint's name or none; null when nothing was carried"},
};

constexpr std::array kSprintView{
    PropertyDoc{"sprint", "@Sprint", ""},
    PropertyDoc{"progress", "@Progress",
                "of the tasks in it now; what a closed sprint came to is sprint.report.progress"},
    PropertyDoc{"days_left", "int?", "until the last day; null without one, and once it has ended"},
};

constexpr std::array kProject{
    PropertyDoc{"key", "text", "1 to 100 of A-Z a-z 0-9 . _ -; never changes"},
    PropertyDoc{"name", "text", ""},
    PropertyDoc{"description", "text", ""},
    PropertyDoc{"version", "int", "one more with every change of this project"},
    PropertyDoc{"created_at", "time", ""},
    PropertyDoc{"updated_at", "time", ""},
};

constexpr std::array kLabelCount{
    PropertyDoc{"name", "text", ""},
    PropertyDoc{"tasks", "int", "how many carry it"},
};

constexpr std::array kCandidate{
    PropertyDoc{"value", "text", "to be typed"},
    PropertyDoc{"description", "text", "what it is"},
};

constexpr std::array kSubscriber{
    PropertyDoc{"actor", "text", ""},
    PropertyDoc{"origin", "text", "by what means it came"},
    PropertyDoc{"transport", "text", "sse, ndjson, websocket or long_poll"},
    PropertyDoc{"wants", "text", "what it selects, as in its URL; empty: everything"},
    PropertyDoc{"cursor", "cursor", "everything up to here is sent to it, or not wanted"},
    PropertyDoc{"lag", "int", "revisions from there to the newest"},
    PropertyDoc{"frames", "int", "sent to it"},
    PropertyDoc{"seconds", "int", "since it came"},
    PropertyDoc{"blocked", "bool", "its socket is full"},
};

constexpr std::array kFrame{
    PropertyDoc{"rev", "int", "revision: one more per committed transaction"},
    PropertyDoc{"prev", "int", "the revision this reader was last at"},
    PropertyDoc{"cursor", "cursor", "where to go on after this"},
    PropertyDoc{"at", "time", ""},
    PropertyDoc{"actor", "text", ""},
    PropertyDoc{"origin", "text", "cli, api, import, …"},
    PropertyDoc{"changes", "[@Change]", "all of one transaction"},
};

constexpr std::array kReset{
    PropertyDoc{"reason", "text", "pruned, ahead, diverged or malformed"},
    PropertyDoc{"oldest", "cursor", "the lowest that can be gone on from"},
    PropertyDoc{"head", "cursor", "where the stream goes on"},
};

constexpr std::array kChange{
    PropertyDoc{"type", "change", ""},
    PropertyDoc{"id", "id|text", "of the task or sprint; the project's key"},
    PropertyDoc{"version", "int", "of the thing after the change"},
    PropertyDoc{"set", "any", "the changed fields after"},
    PropertyDoc{"was", "any", "the changed fields before"},
};

constexpr std::array kHook{
    PropertyDoc{"id", "id", "small, stable, never reused"},
    PropertyDoc{"on", "text", "types of changes and a filter"},
    PropertyDoc{"project", "text?", "whose sprints the filter's words mean"},
    PropertyDoc{"kind", "text", "run or post"},
    PropertyDoc{"target", "text", "a command line or a URL"},
    PropertyDoc{"actor", "text", "who added it"},
    PropertyDoc{"created_at", "time", ""},
    PropertyDoc{"state", "text", "active, retrying or paused"},
    PropertyDoc{"rev", "int", "everything up to here is done with"},
    PropertyDoc{"lag", "int", "revisions from there to the newest"},
    PropertyDoc{"failures", "int", "attempts in a row that failed"},
    PropertyDoc{"next_try_at", "time?", ""},
    PropertyDoc{"delivered_at", "time?", "the last time"},
    PropertyDoc{"last_error", "text?", "since something was delivered"},
    PropertyDoc{"dead", "int", "dead letters"},
    PropertyDoc{"secret", "text?", "signs what is posted; told once, when the hook is made"},
};

constexpr std::array kDeadLetter{
    PropertyDoc{"hook", "id", ""},
    PropertyDoc{"rev", "int", "of the change"},
    PropertyDoc{"attempts", "int", ""},
    PropertyDoc{"error", "text", "of the last attempt"},
    PropertyDoc{"at", "time", "of the last attempt"},
    PropertyDoc{"again", "bool", "is about to be delivered once more"},
    PropertyDoc{"frame", "@Frame?", "what was sent; null when the log had lost it"},
};

constexpr std::array kPage{
    PropertyDoc{"returned", "int", "items in this answer"},
    PropertyDoc{"total", "int", "items on all pages"},
    PropertyDoc{"next", "text?", "the page parameter for what follows; null on the last page"},
};

constexpr auto kRead = Direction::kRead;

constexpr std::array kThings{
    ObjectDoc{"Task", "a task", kRead, kTask, ""},
    ObjectDoc{"TaskRun", "a task, and how the command ended that was run on it", kRead, kTaskRun,
              ""},
    ObjectDoc{"Lease", "a claim on a task", kRead, kLease, ""},
    ObjectDoc{"Comment", "a comment on a task", kRead, kComment, ""},
    ObjectDoc{"Sprint", "a sprint", kRead, kSprint, ""},
    ObjectDoc{"ScopeItem", "a task as it was committed", kRead, kScopeItem, ""},
    ObjectDoc{"Counts", "tasks or points by status", kRead, kCounts, ""},
    ObjectDoc{"Ratios", "0 to 1", kRead, kRatios, ""},
    ObjectDoc{"Progress", "tasks and points by status", kRead, kProgress, ""},
    ObjectDoc{"SprintReport", "what a sprint came to", kRead, kSprintReport, ""},
    ObjectDoc{"SprintView", "a sprint and its progress", kRead, kSprintView, ""},
    ObjectDoc{"Project", "a project", kRead, kProject, ""},
    ObjectDoc{"LabelCount", "a label in use", kRead, kLabelCount, ""},
    ObjectDoc{"Candidate", "a completion", kRead, kCandidate, ""},
    ObjectDoc{"Subscriber", "a reader of the log", kRead, kSubscriber, ""},
    ObjectDoc{"Frame", "one changeset, the same on every transport", kRead, kFrame, ""},
    ObjectDoc{"Reset",
              "of a stream, as `{\"reset\":{…}}`: what follows joins nothing that came before",
              kRead, kReset, ""},
    ObjectDoc{"Change", "one change of one thing", kRead, kChange, "version"},
    ObjectDoc{"Hook", "a command or a URL that is told of changes", kRead, kHook, ""},
    ObjectDoc{"DeadLetter", "a change that was not delivered", kRead, kDeadLetter, ""},
    ObjectDoc{"Page", "where in a list this is", kRead, kPage, ""},
};

}  // namespace

std::span<const ObjectDoc> thing_docs() { return kThings; }

}  // namespace taskman::wire
