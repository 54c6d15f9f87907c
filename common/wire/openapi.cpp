#include "common/wire/openapi.hpp"

#include <algorithm>

#include "common/wire/openapi_parts.hpp"
#include "common/wire/schema.hpp"
#include "common/wire/write.hpp"

namespace taskman::wire {
namespace {

constexpr std::string_view kDescription =
    "Tasks, sprints and the log of their changes. The daemon listens on a Unix socket: "
    "curl --unix-socket \"$(taskman daemon path)\" http://localhost/api/v1/tasks";

struct Tag {
  std::string_view name;
  std::string_view description;
};
constexpr Tag kTags[]{
    {"tasks", "What is to be done"},
    {"sprints", "When it is to be done, and how far it is"},
    {"projects", "What tasks and sprints belong to"},
    {"events", "The log of changes, by poll and by stream"},
    {"transfer", "Import, export, backup"},
    {"daemon", "The daemon itself"},
};

std::string tags_of(const std::vector<RouteDoc>& routes) {
  std::vector<std::string_view> names;
  for (const auto& route : routes) {
    if (std::ranges::find(names, route.tag) == names.end()) names.push_back(route.tag);
  }
  std::string out = "[";
  for (const auto name : names) {
    const auto known = std::ranges::find(kTags, name, &Tag::name);
    if (out.back() != '[') out += ',';
    Object{out}("name", name)("description", known == std::end(kTags) ? name : known->description)
        .close();
  }
  return out += ']';
}

/// Operations of one path stand together, where the first of them was.
std::string paths_of(const std::vector<RouteDoc>& routes) {
  std::vector<std::string_view> done;
  std::string out;
  Object paths(out);
  for (const auto& first : routes) {
    if (std::ranges::find(done, first.path) != done.end()) continue;
    done.push_back(first.path);
    paths.key(first.path);
    Object operations(out);
    for (const auto& route : routes) {
      if (route.path != first.path) continue;
      std::string method(route.method);
      for (auto& letter : method) letter = static_cast<char>(letter | 0x20);
      operations(method, Raw{operation_of(route)});
    }
    operations.close();
  }
  paths.close();
  return out;
}

std::string schemas_of(const std::vector<RouteDoc>& routes) {
  std::vector<std::string_view> named{"Problem"};
  for (const auto& route : routes) {
    if (!route.answer.empty()) named.push_back(route.answer);
    if (!route.body.empty() && is_json(route.body_type)) named.push_back(route.body);
  }
  std::string out;
  Object schemas(out);
  for (const auto name : schema_closure(named)) {
    schemas(name, Raw{*schema_body(name, kSchemaPrefix)});
  }
  schemas.close();
  return out;
}

std::string info_of(std::string_view version) {
  std::string out;
  Object info(out);
  info("title", std::string_view("taskman"))("version", version)("description", kDescription);
  info("license", Raw{R"({"name":"MIT","identifier":"MIT"})"});
  info.close();
  return out;
}

}  // namespace

std::string openapi(const std::vector<RouteDoc>& routes, std::string_view version) {
  const auto paths = paths_of(routes);
  std::string components;
  Object parts(components);
  parts("schemas", Raw{schemas_of(routes)})("parameters", Raw{shared_parameters(paths)});
  parts("headers", Raw{shared_headers(paths)});
  parts.close();
  std::string out;
  Object document(out);
  document("openapi", std::string_view("3.1.0"))("info", Raw{info_of(version)});
  document("servers",
           Raw{R"([{"url":"http://localhost","description":"the daemon's Unix socket"}])"});
  document("security", Raw{"[]"})("tags", Raw{tags_of(routes)});
  document("paths", Raw{paths})("components", Raw{components});
  document.close();
  return out;
}

}  // namespace taskman::wire
