#include "cli/commands/all.hpp"

#include <array>

namespace taskman::cli {

extern const Command kTaskAdd, kTaskList, kTaskShow, kTaskEdit, kTaskStart, kTaskBlock, kTaskReview,
    kTaskDone, kTaskDrop, kTaskReopen, kTaskDelete, kTaskComment, kTaskDep, kTaskReady, kTaskWhy,
    kTaskLog, kTaskClaim, kTaskRelease, kLeaseRenew, kRun, kSprintAdd, kSprintList, kSprintShow,
    kSprintEdit, kSprintStart, kSprintClose, kSprintCancel, kSprintDelete, kProjectAdd,
    kProjectList, kProjectShow, kProjectEdit, kProjectDelete, kHooksAdd, kHooksList, kHooksShow,
    kHooksDelete, kHooksPause, kHooksResume, kHooksDead, kHooksRetry, kWatch, kWait, kEvents,
    kDaemonStart, kDaemonStop, kDaemonRestart, kDaemonStatus, kDaemonLogs, kDaemonPath, kDaemonRun,
    kWhere, kConfigShow, kConfigSet, kConfigUnset, kSchema, kBatch, kUndo, kRedo, kImport, kExport,
    kBackup, kRestore, kCompletion, kCurrent, kGitInstall, kGitUninstall, kGitHook;

namespace {

/// THE list. A command is a file in this folder and its name here.
constexpr std::array kAll{
    &kTaskAdd,      &kTaskList,    &kTaskShow,      &kTaskEdit,     &kTaskStart,     &kTaskBlock,
    &kTaskReview,   &kTaskDone,    &kTaskDrop,      &kTaskReopen,   &kTaskDelete,    &kTaskComment,
    &kTaskDep,      &kTaskReady,   &kTaskWhy,       &kTaskLog,      &kTaskClaim,     &kTaskRelease,
    &kLeaseRenew,   &kRun,         &kSprintAdd,     &kSprintList,   &kSprintShow,    &kSprintEdit,
    &kSprintStart,  &kSprintClose, &kSprintCancel,  &kSprintDelete, &kProjectAdd,    &kProjectList,
    &kProjectShow,  &kProjectEdit, &kProjectDelete, &kHooksAdd,     &kHooksList,     &kHooksShow,
    &kHooksDelete,  &kHooksPause,  &kHooksResume,   &kHooksDead,    &kHooksRetry,    &kWatch,
    &kWait,         &kEvents,      &kDaemonStart,   &kDaemonStop,   &kDaemonRestart, &kDaemonStatus,
    &kDaemonLogs,   &kDaemonPath,  &kDaemonRun,     &kWhere,        &kConfigShow,    &kConfigSet,
    &kConfigUnset,  &kSchema,      &kBatch,         &kUndo,         &kRedo,          &kImport,
    &kExport,       &kBackup,      &kRestore,       &kCompletion,   &kCurrent,       &kGitInstall,
    &kGitUninstall, &kGitHook,
};

constexpr std::array kNouns{
    Noun{"task", "tasks: add, list, change, finish"},
    Noun{"sprint", "sprints: plan, start, close, see how far they are"},
    Noun{"project", "projects: what tasks and sprints belong to"},
    Noun{"daemon", "the background program: start, stop, look after it"},
    Noun{"config", "settings: see them, change them"},
    Noun{"hooks", "hooks: commands and URLs that are told of changes"},
    Noun{"git", "hooks of git that act on `Closes: #42` in commits"},
    Noun{"lease", "leases: hold on to tasks you claimed"},
};

}  // namespace

std::span<const Command* const> all() { return kAll; }
std::span<const Noun> nouns() { return kNouns; }

const Command* find(std::string_view noun, std::string_view verb) {
  for (const Command* row : kAll) {
    if (row->noun == noun && row->verb == verb) return row;
    if (noun.empty() && !row->shorthand.empty() && row->shorthand == verb) return row;
  }
  return nullptr;
}

}  // namespace taskman::cli
