// The published schemas name exactly the fields that are written and read.

#include <algorithm>
#include <functional>

#include "common/error/error.hpp"
#include "common/wire/import.hpp"
#include "common/wire/json.hpp"
#include "common/wire/local.hpp"
#include "common/wire/openapi.hpp"
#include "common/wire/schema.hpp"
#include "common/wire/undo.hpp"
#include "common/wire/views.hpp"
#include "support/catch.hpp"
#include "unit/wire_samples.hpp"

namespace taskman::test {
namespace {

std::string member(std::string_view object, std::string_view name) {
  for (const auto& [known, json] : wire::members_of(object)) {
    if (known == name) return json;
  }
  return {};
}

std::vector<std::string> properties_of(std::string_view name) {
  return wire::field_names(member(wire::find_schema(name).value(), "properties"));
}

/// What the decoder says it knows when it is given something else.
std::vector<std::string> accepted_by(const std::function<void(std::string_view)>& decode,
                                     const std::string& json) {
  std::vector<std::string> names;
  try {
    decode(json);
  } catch (const error::Error& failure) {
    auto hint = failure.hint();
    hint = hint.substr(hint.find("known fields: ") + 14);
    for (std::size_t at = 0; at != std::string::npos; at = hint.find(", ", at)) {
      if (at != 0) at += 2;
      names.push_back(hint.substr(at, hint.find(',', at) - at));
    }
  }
  return names;
}

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::ranges::sort(names);
  return names;
}

TEST_CASE("wire: what --fields leaves has a schema: those fields, all there, and no other") {
  const auto picked = wire::find_picked_schema("Task", {"title", "due"}).value();
  CHECK(member(picked, "required") == R"(["title","due"])");
  CHECK(wire::field_names(member(picked, "properties")) ==
        std::vector<std::string>{"title", "due"});
  CHECK(member(picked, "additionalProperties") == "false");
  const auto whole = member(wire::find_schema("Task").value(), "properties");
  CHECK(member(member(picked, "properties"), "due") == member(whole, "due"));
}

TEST_CASE("wire: of an answer --fields picks from its things; the envelope stays") {
  const auto thing_in = [](std::string_view kind, std::string_view thing) {
    const auto fields = wire::picked_fields(kind);
    const auto schema = wire::find_picked_schema(kind, {fields.back()}).value();
    CHECK(member(schema, "required") == member(wire::find_schema(kind).value(), "required"));
    return wire::field_names(member(member(member(schema, "$defs"), thing), "properties"));
  };
  CHECK(thing_in("task.list", "Task") == std::vector<std::string>{"closed_at"});
  CHECK(thing_in("batch", "BatchResult") == std::vector<std::string>{"id"});
  CHECK(thing_in("sprint.progress", "SprintView") == std::vector<std::string>{"days_left"});
  const auto progress = wire::picked_fields("sprint.progress");
  CHECK(progress.front() == "id");
  CHECK(std::ranges::count(progress, "sprint") == 0);
}

TEST_CASE("wire: what may be absent is null where it was picked") {
  const auto picked = wire::find_picked_schema("LogRecord", {"level", "message"}).value();
  const auto properties = member(picked, "properties");
  CHECK(member(properties, "level").find(R"({"type":"null"})") != std::string::npos);
  CHECK(member(properties, "message").find("null") == std::string::npos);
}

TEST_CASE("wire: nothing is picked of what is sent, and of what there is not") {
  for (const std::string name : {"NewTask", "nosuch"}) {
    CHECK(wire::picked_fields(name).empty());
    CHECK_FALSE(wire::find_picked_schema(name, {"id"}));
  }
}

TEST_CASE("wire: schemas of things name the fields that are written, in their order") {
  CHECK(properties_of("Task") == wire::field_names(wire::encode(full_task())));
  CHECK(properties_of("Sprint") == wire::field_names(wire::encode(full_sprint())));
  CHECK(properties_of("Project") == wire::field_names(wire::encode(full_project())));
  CHECK(properties_of("Comment") == wire::field_names(wire::encode(full_comment())));
  const auto progress = wire::encode(some_progress());
  CHECK(properties_of("Progress") == wire::field_names(progress));
  CHECK(properties_of("Counts") == wire::field_names(member(progress, "tasks")));
  CHECK(properties_of("Ratios") == wire::field_names(member(progress, "done_ratio")));
  CHECK(properties_of("SprintReport") ==
        wire::field_names(member(wire::encode(full_sprint()), "report")));
  CHECK(properties_of("Lease") == wire::field_names(member(wire::encode(full_task()), "lease")));
  CHECK(properties_of("SprintView") == wire::field_names(wire::encode(wire::SprintView{})));
  CHECK(properties_of("Health") == wire::field_names(wire::encode(wire::Health{})));
  CHECK(properties_of("LabelCount") == wire::field_names(wire::encode(wire::LabelCount{})));
  CHECK(properties_of("Candidate") == wire::field_names(wire::encode(wire::Candidate{})));
  CHECK(properties_of("UndoReport") == wire::field_names(wire::encode(wire::UndoReport{})));
  CHECK(properties_of("UndoItem") == wire::field_names(wire::encode(wire::UndoItem{})));
  CHECK(properties_of("BackupReport") == wire::field_names(wire::encode(wire::BackupReport{})));
  CHECK(properties_of("DaemonStatus") == wire::field_names(wire::encode(wire::DaemonStatus{})));
  CHECK(properties_of("Setting") == wire::field_names(wire::encode(wire::Setting{})));
  CHECK(properties_of("GitHook") == wire::field_names(wire::encode(wire::GitHook{})));
  CHECK(properties_of("GitMention") == wire::field_names(wire::encode(wire::GitMention{})));
  const error::Error failure(error::Code::kInternal, "x");
  CHECK(properties_of("Problem") == wire::field_names(wire::encode_problem(failure, "i")));
  CHECK(properties_of("Failure") ==
        wire::field_names(member(wire::encode_error(failure), "error")));
  CHECK(properties_of("ImportReport") == wire::field_names(wire::encode(wire::ImportReport{})));
  CHECK(properties_of("Frame") ==
        wire::field_names(wire::encode_frame({{1, 1}, {}, "", "", "[]", "[]"}, 0)));
}

TEST_CASE("wire: schemas of inputs name the fields that are read") {
  const std::string odd = R"({"no-such-field":1})";
  CHECK(sorted(properties_of("NewTask")) == sorted(accepted_by(wire::decode_new_task, odd)));
  CHECK(sorted(properties_of("TaskEdit")) == sorted(accepted_by(wire::decode_task_edit, odd)));
  CHECK(sorted(properties_of("NewSprint")) == sorted(accepted_by(wire::decode_new_sprint, odd)));
  CHECK(sorted(properties_of("SprintEdit")) == sorted(accepted_by(wire::decode_sprint_edit, odd)));
  CHECK(sorted(properties_of("NewProject")) == sorted(accepted_by(wire::decode_new_project, odd)));
  CHECK(sorted(properties_of("ProjectEdit")) ==
        sorted(accepted_by(wire::decode_project_edit, odd)));
  CHECK(sorted(properties_of("NewComment")) == sorted(accepted_by(wire::decode_new_comment, odd)));
  CHECK(sorted(properties_of("Verb")) == sorted(accepted_by(wire::decode_verb, odd)));
  CHECK(sorted(properties_of("Claim")) == sorted(accepted_by(wire::decode_claim, odd)));
  CHECK(sorted(properties_of("ClaimNext")) == sorted(accepted_by(wire::decode_claim_next, odd)));
  CHECK(sorted(properties_of("Renewal")) == sorted(accepted_by(wire::decode_renewal, odd)));
  CHECK(sorted(properties_of("Release")) == sorted(accepted_by(wire::decode_release, odd)));
  CHECK(sorted(properties_of("Bulk")) == sorted(accepted_by(wire::decode_bulk, odd)));
  CHECK(sorted(properties_of("Undo")) == sorted(accepted_by(wire::decode_undo, odd)));
  CHECK(sorted(properties_of("Close")) == sorted(accepted_by(wire::decode_close, odd)));
}

TEST_CASE("wire: schemas of import lines name the fields that are read") {
  for (const std::string kind : {"Task", "Project", "Sprint", "Comment"}) {
    std::string word = kind;
    word[0] = static_cast<char>(word[0] | 0x20);
    const auto line = R"({"kind":")" + word + R"(","no-such-field":1})";
    CHECK(sorted(properties_of("Import" + kind)) ==
          sorted(accepted_by(wire::decode_import_record, line)));
  }
}

TEST_CASE("wire: every schema is complete in itself") {
  for (const auto name : wire::schema_names()) {
    const auto schema = wire::find_schema(name).value();
    const auto definitions =
        wire::members_of(member(schema, "$defs").empty() ? "{}" : member(schema, "$defs"));
    for (auto at = schema.find("#/$defs/"); at != std::string::npos;
         at = schema.find("#/$defs/", at + 1)) {
      const auto wanted = schema.substr(at + 8, schema.find('"', at) - at - 8);
      const bool there = wanted == name || std::ranges::any_of(definitions, [&](const auto& d) {
                           return d.first == wanted;
                         });
      CHECK(there);
    }
    CHECK(member(schema, "title") == '"' + std::string(name) + '"');
  }
  CHECK_FALSE(wire::find_schema("Tsak"));
}

TEST_CASE("wire: one document has every schema, by its name") {
  std::vector<std::string> names;
  for (const auto name : wire::schema_names()) names.emplace_back(name);
  CHECK(wire::field_names(member(wire::all_schemas(), "$defs")) == names);
}

TEST_CASE("wire: the OpenAPI document is made of the routes") {
  const std::vector<wire::RouteDoc> routes{
      {.method = "GET",
       .path = "/api/v1/tasks",
       .operation = "listTasks",
       .tag = "tasks",
       .summary = "List",
       .query = {{"filter", "the filter language"}},
       .answer = "task.list"},
      {.method = "PATCH",
       .path = "/api/v1/tasks/{id}",
       .operation = "editTask",
       .tag = "tasks",
       .summary = "Edit",
       .body = "TaskEdit",
       .answer = "task",
       .errors = {error::Code::kCycle}},
      {.method = "POST",
       .path = "/api/v1/tasks",
       .operation = "addTask",
       .tag = "tasks",
       .summary = "Add",
       .body = "NewTask",
       .answer = "task",
       .status = 201},
  };
  const auto document = wire::openapi(routes, "0.1.0");
  CHECK(member(document, "openapi") == "\"3.1.0\"");
  const auto paths = member(document, "paths");
  CHECK(wire::field_names(paths) ==
        std::vector<std::string>{"/api/v1/tasks", "/api/v1/tasks/{id}"});
  const auto tasks = member(paths, "/api/v1/tasks");
  CHECK(wire::field_names(tasks) == std::vector<std::string>{"get", "post"});
  const auto edit = member(member(paths, "/api/v1/tasks/{id}"), "patch");
  CHECK(member(edit, "operationId") == "\"editTask\"");
  CHECK(wire::field_names(member(edit, "responses")) ==
        std::vector<std::string>{"200", "400", "404", "409", "411", "412", "413", "415", "422",
                                 "500", "503", "507"});
  CHECK_THAT(member(edit, "parameters"), ContainsSubstring(R"("name":"id","in":"path")"));
  const auto components = member(document, "components");
  CHECK(wire::field_names(member(components, "schemas")) ==
        std::vector<std::string>{"task", "task.list", "Task", "Lease", "Page", "Problem", "Detail",
                                 "NewTask", "TaskEdit"});
}

}  // namespace
}  // namespace taskman::test
