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
    AnswerDoc{"sprint.progress", "@SprintView", "a sprint and how far it is", "", "", "sprint"},
    AnswerDoc{"project", "@Project", "one project", ""},
    AnswerDoc{"project.list", "[@Project]", "projects by key", "page"},
    AnswerDoc{"label.list", "[@LabelCount]", "labels in use, by name", "page"},
    AnswerDoc{"completion.list", "[@Candidate]", "what can be typed next", "page"},
    AnswerDoc{"event.list", "[@Frame]", "changesets after a cursor, and where to go on",
              "cursor more"},
    AnswerDoc{"subscriber.list", "[@Subscriber]", "who reads the log, and how far each is", "page"},
    AnswerDoc{"hook", "@Hook", "what is told of changes", ""},
    AnswerDoc{"hook.list", "[@Hook]", "hooks by id", "page"},
    AnswerDoc{"dead_letter.list", "[@DeadLetter]", "what hooks were not told, after all attempts",
              "page"},
    AnswerDoc{"batch", "@BatchReport", "what a batch did or would do", "", "results"},
    AnswerDoc{"undo", "@UndoReport", "what an undo or a redo did or would do", ""},
    AnswerDoc{"undo.list", "[@UndoItem]", "the caller's changesets, the newest first", "page"},
    AnswerDoc{"import", "@ImportReport", "what an import did or would do", "", "results"},
    AnswerDoc{"backup", "@BackupReport", "a backup that was written", ""},
    AnswerDoc{"health", "@Health", "the daemon and its log", ""},
    AnswerDoc{"export", "@ExportReport", "of the command line: an export that was written", ""},
    AnswerDoc{"restore", "@RestoreReport", "of the command line: a backup that was put back", ""},
    AnswerDoc{"task.why", "@TaskReasons", "of the command line: why a task cannot be begun", ""},
    AnswerDoc{"task.run", "@TaskRun",
              "of the command line: a task that a command was run on, and how that ended", ""},
    AnswerDoc{"daemon.status", "@DaemonStatus", "of the command line: the daemon from outside", ""},
    AnswerDoc{"daemon.path", "@DaemonPath", "of the command line: where the daemon listens", ""},
    AnswerDoc{"setting.list", "[@Setting]",
              "of the command line: settings or paths, and where each came from", ""},
    AnswerDoc{"git_hook.list", "[@GitHook]", "of the command line: hooks of a git repository", ""},
    AnswerDoc{"git_mention.list", "[@GitMention]",
              "of the command line: tasks that a commit names, and what came of it", ""},
    AnswerDoc{"schema", "@NamedSchema", "of the command line: a schema", ""},
    AnswerDoc{"schema.list", "[@NamedSchema]", "of the command line: every schema", ""},
    AnswerDoc{"completion", "@CompletionScript", "of the command line: the completion of a shell",
              ""},
    AnswerDoc{"help", "@HelpText", "of the command line: help that was asked for with --json", ""},
};

}  // namespace

std::span<const AnswerDoc> answer_docs() { return kAnswers; }

}  // namespace taskman::wire
