#pragma once
// How a route describes itself: the router matches by it, /openapi.json is made from it.

#include <string_view>
#include <vector>

#include "common/error/error.hpp"

namespace taskman::wire {

struct ParamDoc {
  std::string_view name;
  std::string_view description;
  std::string_view schema = R"({"type":"string"})";  ///< JSON Schema text
};

/// Of every route that reads from the store at once (takes_min_rev).
inline constexpr ParamDoc kMinRev{
    "min_rev", "a revision, or a cursor: the answer is of this one or a later one"};

struct RouteDoc {
  std::string_view method;     ///< GET, POST, PATCH, DELETE
  std::string_view path;       ///< `/api/v1/tasks/{id}/done`
  std::string_view operation;  ///< unique operationId: `doneTask`
  std::string_view tag;        ///< `tasks`
  std::string_view summary;
  std::vector<ParamDoc> query;
  std::string_view body;    ///< schema name of the request body, empty: none
  std::string_view answer;  ///< schema name of the success answer
  int status = 200;
  std::string_view answer_type = "application/json";
  std::vector<error::Code> errors;  ///< besides those every route can give
  std::string_view body_type = "application/json";
  std::string_view nothing{};                  ///< when it answers 204 instead; empty: never
  std::vector<std::string_view> stream_types;  ///< what else Accept can ask for, text without end
};

bool takes_min_rev(const RouteDoc& route);

}  // namespace taskman::wire
