// /api/v1/projects

#include "daemon/service/projects.hpp"

#include "common/error/error.hpp"
#include "common/wire/commands.hpp"
#include "common/wire/paths.hpp"
#include "daemon/http/routes/common.hpp"

namespace taskman::http {
namespace {

using error::Code;

const std::string& key_of(const Request& request) { return request.captures.at("key"); }

Reply list(Services& services, const Request&) { return reply_of(services.projects.list()); }

Reply create(Services& services, const Request& request) {
  return reply_of(
      services.projects.create(write_of(request, 201), wire::decode_new_project(request.body)));
}

Reply get(Services& services, const Request& request) {
  return reply_of(services.projects.get(key_of(request)));
}

Reply edit(Services& services, const Request& request) {
  return reply_of(services.projects.edit(merging_write_of(request), key_of(request),
                                         wire::decode_project_edit(request.body)));
}

Reply remove(Services& services, const Request& request) {
  const auto leftovers =
      flag_param(request, "detach") ? service::Leftovers::kDetach : service::Leftovers::kRefuse;
  return reply_of(services.projects.remove(write_of(request), key_of(request), leftovers));
}

}  // namespace

std::vector<Route> project_routes() {
  return {
      {{.method = "GET",
        .path = wire::kProjects,
        .operation = "listProjects",
        .tag = "projects",
        .summary = "Projects by key",
        .answer = "project.list"},
       list},
      {{.method = "POST",
        .path = wire::kProjects,
        .operation = "createProject",
        .tag = "projects",
        .summary = "A new project",
        .query = {dry_run_doc()},
        .body = "NewProject",
        .answer = "project",
        .status = 201,
        .errors = {Code::kInvalidValue, Code::kConflict, Code::kKeyReused}},
       create},
      {{.method = "GET",
        .path = "/api/v1/projects/{key}",
        .operation = "getProject",
        .tag = "projects",
        .summary = "One project",
        .answer = "project",
        .errors = {Code::kNotFound}},
       get},
      {{.method = "PATCH",
        .path = "/api/v1/projects/{key}",
        .operation = "editProject",
        .tag = "projects",
        .summary = "Changes the fields that are given",
        .query = {merge_doc(), dry_run_doc()},
        .body = "ProjectEdit",
        .answer = "project",
        .errors = {Code::kNotFound, Code::kInvalidValue, Code::kStaleVersion, Code::kKeyReused}},
       edit},
      {{.method = "DELETE",
        .path = "/api/v1/projects/{key}",
        .operation = "deleteProject",
        .tag = "projects",
        .summary = "Removes a project without tasks and sprints",
        .query = {{"detach", "1: they stay, without a project", R"({"type":"boolean"})"},
                  dry_run_doc()},
        .answer = "project",
        .errors = {Code::kNotFound, Code::kConflict, Code::kStaleVersion, Code::kKeyReused}},
       remove},
  };
}

}  // namespace taskman::http
