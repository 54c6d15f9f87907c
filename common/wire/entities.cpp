#include "common/wire/entities.hpp"

#include <cstddef>

#include "common/wire/columns.hpp"

namespace taskman::wire {
namespace {

constexpr std::size_t kUsualSize = 640;  // bytes of a task without a body

template <typename T>
std::string encode_by(std::span<const Column<T>> columns, const T& from) {
  std::string out;
  out.reserve(kUsualSize);
  put_object(out, columns, from);
  return out;
}

template <typename T>
T decode_by(std::span<const Column<T>> columns, std::string_view json, std::string_view what) {
  T thing{};
  get_object(parse(json, what, kAnyValues), columns, thing, Unknown::kIgnore, what);
  return thing;
}

}  // namespace

std::string encode(const model::Task& task) { return encode_by(task_columns(), task); }
std::string encode(const model::Comment& comment) { return encode_by(comment_columns(), comment); }
std::string encode(const model::Sprint& sprint) { return encode_by(sprint_columns(), sprint); }
std::string encode(const model::Progress& value) { return encode_by(progress_columns(), value); }
std::string encode(const model::Project& project) { return encode_by(project_columns(), project); }

void append(std::string& out, const model::Task& task) { put_object(out, task_columns(), task); }

model::Task decode_task(std::string_view json) { return decode_by(task_columns(), json, "task"); }
model::Comment decode_comment(std::string_view json) {
  return decode_by(comment_columns(), json, "comment");
}
model::Sprint decode_sprint(std::string_view json) {
  return decode_by(sprint_columns(), json, "sprint");
}
model::Progress decode_progress(std::string_view json) {
  return decode_by(progress_columns(), json, "progress");
}
model::Project decode_project(std::string_view json) {
  return decode_by(project_columns(), json, "project");
}

}  // namespace taskman::wire
