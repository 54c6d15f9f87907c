// The kinds of answers: one row each.

#include <array>

#include "common/wire/schema_table.hpp"

namespace taskman::wire {
namespace {

constexpr std::array kAnswers{
    AnswerDoc{"task", "@Task", "one task", ""},
    AnswerDoc{"task.list", "[@Task]", "tasks", "page"},
    AnswerDoc{"comment", "@Comment", "one comment", ""},
    AnswerDoc{"comment.list", "[@Comment]", "the comments of a task, oldest first", "page"},
    AnswerDoc{"sprint", "@Sprint", "one sprint", ""},
    AnswerDoc{"sprint.list", "[@Sprint]", "sprints by start, then id", "page"},
    AnswerDoc{"sprint.progress", "@SprintView", "a sprint and how far it is", ""},
    AnswerDoc{"project", "@Project", "one project", ""},
    AnswerDoc{"project.list", "[@Project]", "projects by key", "page"},
    AnswerDoc{"label.list", "[@LabelCount]", "labels in use, by name", "page"},
    AnswerDoc{"completion.list", "[@Candidate]", "what can be typed next", "page"},
    AnswerDoc{"event.list", "[@Frame]", "changesets after a cursor, and where to go on",
              "cursor more"},
    AnswerDoc{"subscriber.list", "[@Subscriber]", "who reads the log, and how far each is", "page"},
    AnswerDoc{"batch", "@BatchReport", "what a batch did or would do", ""},
    AnswerDoc{"undo", "@UndoReport", "what an undo or a redo did or would do", ""},
    AnswerDoc{"undo.list", "[@UndoItem]", "the caller's changesets, the newest first", "page"},
    AnswerDoc{"import", "@ImportReport", "what an import did or would do", ""},
    AnswerDoc{"backup", "@BackupReport", "a backup that was written", ""},
    AnswerDoc{"health", "@Health", "the daemon and its log", ""},
    AnswerDoc{"export", "@ExportReport", "of the command line: an export that was written", ""},
    AnswerDoc{"restore", "@RestoreReport", "of the command line: a backup that was put back", ""},
    AnswerDoc{"task.why", "@TaskReasons", "of the command line: why a task cannot be begun", ""},
    AnswerDoc{"daemon.status", "@DaemonStatus", "of the command line: the daemon from outside", ""},
    AnswerDoc{"daemon.path", "@DaemonPath", "of the command line: where the daemon listens", ""},
    AnswerDoc{"setting.list", "[@Setting]",
              "of the command line: settings or paths, and where each came from", ""},
};

}  // namespace

std::span<const AnswerDoc> answer_docs() { return kAnswers; }

}  // namespace taskman::wire
