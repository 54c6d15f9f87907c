// /api/v1/sprints

#include "daemon/service/sprints.hpp"
#include "common/error/error.hpp"
#include "common/wire/commands.hpp"
#include "common/wire/paths.hpp"
#include "daemon/http/routes/common.hpp"

namespace taskman::http {
namespace {

using error::Code;

service::SprintName name_of(const Request& request) {
  return {.word = request.captures.at("sprint"), .project = request.param("project")};
}

Reply list(Services& services, const Request& request) {
  return reply_of(services.sprints.list(
      {.project = request.param("project"), .state = request.param("state")}));
}

Reply create(Services& services, const Request& request) {
  return reply_of(
      services.sprints.create(write_of(request, 201), wire::decode_new_sprint(request.body)));
}

Reply get(Services& services, const Request& request) {
  return reply_of(services.sprints.get(name_of(request)));
}

Reply progress(Services& services, const Request& request) {
  return fleeting_reply_of(services.sprints.progress(name_of(request)));
}

Reply edit(Services& services, const Request& request) {
  return reply_of(services.sprints.edit(merging_write_of(request), name_of(request),
                                        wire::decode_sprint_edit(request.body)));
}

Reply remove(Services& services, const Request& request) {
  const auto leftovers =
      flag_param(request, "detach") ? service::Leftovers::kDetach : service::Leftovers::kRefuse;
  return reply_of(services.sprints.remove(write_of(request), name_of(request), leftovers));
}

Reply start(Services& services, const Request& request) {
  return reply_of(services.sprints.start(write_of(request), name_of(request)));
}

Reply close(Services& services, const Request& request) {
  return reply_of(services.sprints.close(write_of(request), name_of(request),
                                         wire::decode_close(request.body)));
}

Reply cancel(Services& services, const Request& request) {
  return reply_of(services.sprints.cancel(write_of(request), name_of(request)));
}

wire::ParamDoc project_doc() { return {"project", "whose sprint is meant, when several fit"}; }

Route verb(wire::RouteDoc doc, Handler handler) {
  doc.method = "POST";
  doc.tag = "sprints";
  doc.query = {project_doc(), dry_run_doc()};
  doc.answer = "sprint";
  doc.errors = {Code::kNotFound, Code::kInvalidValue, Code::kConflict, Code::kStaleVersion,
                Code::kKeyReused};
  return {std::move(doc), handler};
}

std::vector<Route> collection_routes() {
  return {
      {{.method = "GET",
        .path = wire::kSprints,
        .operation = "listSprints",
        .tag = "sprints",
        .summary = "Sprints by start",
        .query = {{"project", "only this project's"},
                  {"state", "planned, active, closed or cancelled"}},
        .answer = "sprint.list",
        .errors = {Code::kInvalidValue}},
       list},
      {{.method = "POST",
        .path = wire::kSprints,
        .operation = "createSprint",
        .tag = "sprints",
        .summary = "A new sprint, planned",
        .query = {dry_run_doc()},
        .body = "NewSprint",
        .answer = "sprint",
        .status = 201,
        .errors = {Code::kInvalidValue, Code::kConflict, Code::kKeyReused}},
       create},
  };
}

std::vector<Route> single_routes() {
  return {
      {{.method = "GET",
        .path = "/api/v1/sprints/{sprint}",
        .operation = "getSprint",
        .tag = "sprints",
        .summary = "A sprint by id, name, current, next or prev",
        .query = {project_doc()},
        .answer = "sprint",
        .errors = {Code::kNotFound, Code::kInvalidValue}},
       get},
      {{.method = "GET",
        .path = "/api/v1/sprints/{sprint}/progress",
        .operation = "getSprintProgress",
        .tag = "sprints",
        .summary = "The sprint, its progress by tasks and points, the days that are left",
        .query = {project_doc()},
        .answer = "sprint.progress",
        .errors = {Code::kNotFound, Code::kInvalidValue}},
       progress},
      {{.method = "PATCH",
        .path = "/api/v1/sprints/{sprint}",
        .operation = "editSprint",
        .tag = "sprints",
        .summary = "Changes the fields that are given",
        .query = {project_doc(), merge_doc(), dry_run_doc()},
        .body = "SprintEdit",
        .answer = "sprint",
        .errors = {Code::kNotFound, Code::kInvalidValue, Code::kConflict, Code::kStaleVersion,
                   Code::kKeyReused}},
       edit},
      {{.method = "DELETE",
        .path = "/api/v1/sprints/{sprint}",
        .operation = "deleteSprint",
        .tag = "sprints",
        .summary = "Removes a sprint without tasks",
        .query = {project_doc(),
                  {"detach", "1: its tasks stay, without a sprint", R"({"type":"boolean"})"},
                  dry_run_doc()},
        .answer = "sprint",
        .errors = {Code::kNotFound, Code::kInvalidValue, Code::kConflict, Code::kStaleVersion,
                   Code::kKeyReused}},
       remove},
  };
}

}  // namespace

std::vector<Route> sprint_routes() {
  std::vector<Route> routes = collection_routes();
  for (auto& route : single_routes()) routes.push_back(std::move(route));
  routes.push_back(verb({.path = "/api/v1/sprints/{sprint}/start",
                         .operation = "startSprint",
                         .summary = "Active; its scope is committed"},
                        start));
  routes.push_back(verb({.path = "/api/v1/sprints/{sprint}/close",
                         .operation = "closeSprint",
                         .summary = "Closed, its report frozen; `carry` says where open tasks go",
                         .body = "Close"},
                        close));
  routes.push_back(verb({.path = "/api/v1/sprints/{sprint}/cancel",
                         .operation = "cancelSprint",
                         .summary = "Given up"},
                        cancel));
  return routes;
}

}  // namespace taskman::http
