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

}  // namespace taskman::cli
