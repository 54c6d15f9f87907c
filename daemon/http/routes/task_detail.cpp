// /api/v1/tasks/{id}: one task, its verbs, comments and history.

#include "common/error/error.hpp"
#include "common/wire/commands.hpp"
#include "daemon/http/routes/common.hpp"
#include "daemon/service/tasks.hpp"

namespace taskman::http {
namespace {

using error::Code;

constexpr std::int64_t kUsualLog = 100;

Reply get(Services& services, const Request& request) {
  return reply_of(services.tasks.get(task_of(request)));
}

Reply edit(Services& services, const Request& request) {
  return reply_of(services.tasks.edit(merging_write_of(request), task_of(request),
                                      wire::decode_task_edit(request.body)));
}

Reply remove(Services& services, const Request& request) {
  return reply_of(services.tasks.remove(write_of(request), task_of(request)));
}

Reply move(Services& services, const Request& request) {
  wire::VerbInput input = wire::decode_verb(request.body);
  const service::VerbCommand command{.verb = request.path.substr(request.path.rfind('/') + 1),
                                     .reason = std::move(input.reason),
                                     .fence = input.fence};
  return reply_of(services.tasks.move(merging_write_of(request), task_of(request), command));
}

Reply comments(Services& services, const Request& request) {
  return reply_of(services.tasks.comments(task_of(request)));
}

Reply comment(Services& services, const Request& request) {
  return reply_of(services.tasks.comment(write_of(request, 201), task_of(request),
                                         wire::decode_new_comment(request.body)));
}

Reply log(Services& services, const Request& request) {
  const auto limit = integer_param(request, "limit", {1, kMaxLimit}).value_or(kUsualLog);
  return reply_of(services.tasks.log(task_of(request), limit));
}

Route verb(std::string_view path, std::string_view operation, std::string_view summary) {
  return {{.method = "POST",
           .path = path,
           .operation = operation,
           .tag = "tasks",
           .summary = summary,
           .query = {dry_run_doc(), merge_doc()},
           .body = "Verb",
           .answer = "task",
           .errors = {Code::kNotFound, Code::kConflict, Code::kClaimed, Code::kStaleVersion,
                      Code::kKeyReused}},
          move};
}

}  // namespace

std::vector<Route> task_detail_routes() {
  return {
      {{.method = "GET",
        .path = "/api/v1/tasks/{id}",
        .operation = "getTask",
        .tag = "tasks",
        .summary = "One task",
        .answer = "task",
        .errors = {Code::kNotFound}},
       get},
      {{.method = "PATCH",
        .path = "/api/v1/tasks/{id}",
        .operation = "editTask",
        .tag = "tasks",
        .summary = "Changes the fields that are given",
        .query = {dry_run_doc(), merge_doc()},
        .body = "TaskEdit",
        .answer = "task",
        .errors = {Code::kNotFound, Code::kInvalidValue, Code::kConflict, Code::kCycle,
                   Code::kStaleVersion, Code::kKeyReused}},
       edit},
      {{.method = "DELETE",
        .path = "/api/v1/tasks/{id}",
        .operation = "deleteTask",
        .tag = "tasks",
        .summary = "Removes a task; its dependents and children lose the reference",
        .query = {dry_run_doc()},
        .answer = "task",
        .errors = {Code::kNotFound, Code::kStaleVersion, Code::kKeyReused}},
       remove},
      verb("/api/v1/tasks/{id}/start", "startTask", "In progress"),
      verb("/api/v1/tasks/{id}/block", "blockTask", "Held up by hand, with a reason"),
      verb("/api/v1/tasks/{id}/review", "reviewTask", "Waiting for review"),
      verb("/api/v1/tasks/{id}/done", "doneTask", "Finished; again is success and changes nothing"),
      verb("/api/v1/tasks/{id}/drop", "dropTask", "Will not be done"),
      verb("/api/v1/tasks/{id}/reopen", "reopenTask", "Open again"),
      {{.method = "GET",
        .path = "/api/v1/tasks/{id}/comments",
        .operation = "listComments",
        .tag = "tasks",
        .summary = "Comments, oldest first",
        .answer = "comment.list",
        .errors = {Code::kNotFound}},
       comments},
      {{.method = "POST",
        .path = "/api/v1/tasks/{id}/comments",
        .operation = "createComment",
        .tag = "tasks",
        .summary = "A new comment",
        .query = {dry_run_doc()},
        .body = "NewComment",
        .answer = "comment",
        .status = 201,
        .errors = {Code::kNotFound, Code::kInvalidValue, Code::kKeyReused}},
       comment},
      {{.method = "GET",
        .path = "/api/v1/tasks/{id}/log",
        .operation = "getTaskLog",
        .tag = "tasks",
        .summary = "Changesets that touched the task, newest first; also of a deleted one",
        .query = {{"limit", "1 to 10000; 100", R"({"type":"integer"})"}},
        .answer = "event.list",
        .errors = {Code::kNotFound}},
       log},
  };
}

}  // namespace taskman::http
