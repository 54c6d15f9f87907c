#pragma once
// The kinds of things commands answer with; print.hpp has what a kind is.

namespace taskman::cli {

struct Kind;

const Kind& task_kind();
const Kind& comment_kind();
const Kind& sprint_kind();
const Kind& progress_kind();  ///< a sprint with its progress
const Kind& project_kind();
const Kind& hook_kind();
const Kind& dead_letter_kind();

// Documents that one command each answers with.
const Kind& frame_kind();     ///< a changeset, known by its cursor
const Kind& revision_kind();  ///< a changeset, known by its revision
const Kind& log_record_kind();
const Kind& reasons_kind();
const Kind& task_run_kind();  ///< a task, and how the command ended that was run on it
const Kind& batch_kind();
const Kind& import_kind();
const Kind& export_kind();
const Kind& backup_kind();
const Kind& restore_kind();
const Kind& daemon_path_kind();
const Kind& schema_kind();
const Kind& completion_kind();

}  // namespace taskman::cli
