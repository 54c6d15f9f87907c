#pragma once
// Things as JSON and back. Encoders write every field, in a fixed order. Decoders ignore fields
// they do not know, so that an older client understands a newer daemon; what is missing keeps its
// default.

#include <string>
#include <string_view>

#include "common/model/sprint.hpp"
#include "common/model/task.hpp"

namespace taskman::wire {

std::string encode(const model::Task& task);
std::string encode(const model::Comment& comment);
std::string encode(const model::Sprint& sprint);
/// Counts by status; `total` leaves out what was dropped; a ratio is null when there is nothing to
/// count, so a sprint without estimates is not "0 %".
std::string encode(const model::Progress& progress);
std::string encode(const model::Project& project);

/// Appends what encode() gives: for lists, without a copy per item.
void append(std::string& out, const model::Task& task);

model::Task decode_task(std::string_view json);
model::Comment decode_comment(std::string_view json);
model::Sprint decode_sprint(std::string_view json);
model::Progress decode_progress(std::string_view json);
model::Project decode_project(std::string_view json);

}  // namespace taskman::wire
