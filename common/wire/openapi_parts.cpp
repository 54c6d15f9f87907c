#include "common/wire/openapi_parts.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "common/wire/openapi.hpp"
#include "common/wire/paths.hpp"
#include "common/wire/schema.hpp"
#include "common/wire/write.hpp"

namespace taskman::wire {
namespace {

using error::Code;

constexpr std::string_view kHeaderPrefix = "#/components/headers/";

constexpr Shared kAnswerHeaders[]{
    {"X-Request-Id", kText, "Also in the daemon's log"},
    {"ETag", kText, "The state this was read at"},
    {kCursorHeader, kText, "Where in the log this answer stands: follow the changes from here"},
    {kReplayedHeader, kText, "The key was seen before: this is the first answer"},
    {kAnsweredHeader, kText, "When that was given, where it is given again"},
};

void put_content(Object& object, std::string& out, std::string_view type, std::string_view schema) {
  object.key(type);
  out += R"({"schema":)";
  if (!is_json(type)) {
    out += kText;
  } else if (schema.empty()) {
    out += R"({"type":"object"})";
  } else {
    put_reference(out, kSchemaPrefix, schema);
  }
  out += '}';
}

std::string body_of(const RouteDoc& route) {
  std::string out;
  Object body(out);
  body("required", needs_body(route));
  body.key("content");
  Object content(out);
  put_content(content, out, route.body_type, route.body);
  content.close();
  body.close();
  return out;
}

std::string answer_headers_of(const RouteDoc& route) {
  std::vector<std::string_view> names{"X-Request-Id"};
  if (is_json(route.answer_type) && !route.answer.empty()) {
    names.insert(names.end(), {"ETag", kCursorHeader});
  }
  if (is_write(route)) names.insert(names.end(), {kReplayedHeader, kAnsweredHeader});
  std::string out;
  Object headers(out);
  for (const auto name : names) {
    headers.key(name);
    put_reference(out, kHeaderPrefix, name);
  }
  headers.close();
  return out;
}

std::string success_of(const RouteDoc& route) {
  std::string out;
  Object response(out);
  response("description", std::string_view("done"))("headers", Raw{answer_headers_of(route)});
  constexpr int kSwitching = 101;
  constexpr int kNoContent = 204;
  if (route.status != kSwitching && route.status != kNoContent) {
    response.key("content");
    Object content(out);
    put_content(content, out, route.answer_type, route.answer);
    for (const auto type : route.stream_types) put_content(content, out, type, {});
    content.close();
  }
  response.close();
  return out;
}

/// What this route can fail with: what it says itself and what any route of its kind can.
std::map<int, std::string> failures_of(const RouteDoc& route) {
  std::vector<Code> codes{Code::kMalformedRequest, Code::kInvalidValue, Code::kInternal,
                          Code::kStorageUnavailable, Code::kOverloaded};
  if (is_write(route)) {
    codes.insert(codes.end(), {Code::kUnsupportedMedia, Code::kPayloadTooLarge, Code::kKeyReused,
                               Code::kDiskFull, Code::kOutcomeUnknown});
  }
  if (needs_body(route)) codes.push_back(Code::kLengthRequired);
  if (names_a_thing(route)) codes.push_back(Code::kNotFound);
  if (takes_min_rev(route)) codes.insert(codes.end(), {Code::kRevisionAhead, Code::kCursorGone});
  if (is_write(route) && names_a_thing(route)) codes.push_back(Code::kStaleVersion);
  codes.insert(codes.end(), route.errors.begin(), route.errors.end());
  std::ranges::sort(codes);
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  std::map<int, std::string> titles;
  for (const auto code : codes) {
    auto& title = titles[error::row(code).http_status];
    if (!title.empty()) title += "; ";
    title += error::row(code).title;
  }
  return titles;
}

std::string responses_of(const RouteDoc& route) {
  std::string out;
  Object responses(out);
  responses(std::to_string(route.status), Raw{success_of(route)});
  // A dry run makes nothing, so what would be 201 is 200.
  const bool rehearses =
      std::ranges::find(route.query, "dry_run", &ParamDoc::name) != route.query.end();
  if (rehearses && route.status != 200) responses("200", Raw{success_of(route)});
  if (!is_write(route) && is_json(route.answer_type)) {
    responses("304", Raw{R"({"description":"nothing changed since the ETag that was named"})"});
  }
  if (!route.nothing.empty()) {
    std::string nothing;
    Object{nothing}("description", route.nothing)("headers", Raw{answer_headers_of(route)}).close();
    responses("204", Raw{nothing});
  }
  for (const auto& [status, title] : failures_of(route)) {
    responses.key(std::to_string(status));
    Object response(out);
    response("description", title);
    response.key("content");
    Object content(out);
    put_content(content, out, kProblemType, "Problem");
    content.close();
    response.close();
  }
  responses.close();
  return out;
}

}  // namespace

bool is_write(const RouteDoc& route) { return route.method != "GET"; }

bool names_a_thing(const RouteDoc& route) { return route.path.find('{') != std::string_view::npos; }

void put_reference(std::string& out, std::string_view prefix, std::string_view name) {
  Object{out}("$ref", std::string(prefix).append(name)).close();
}

bool refers(std::string_view paths, std::string_view prefix, std::string_view name) {
  return paths.find('"' + std::string(prefix).append(name) + '"') != std::string_view::npos;
}

bool takes_min_rev(const RouteDoc& route) {
  return !is_write(route) && is_json(route.answer_type) && !route.answer.empty() &&
         route.stream_types.empty();
}

bool is_json(std::string_view media_type) {
  return media_type == "application/json" || media_type == kProblemType;
}

bool needs_body(const RouteDoc& route) {
  if (route.body.empty()) return false;
  if (!is_json(route.body_type) || route.method == "PATCH") return true;
  const auto schema = schema_body(route.body, kSchemaPrefix).value_or("");
  return schema.find(R"("required":)") != std::string::npos;
}

std::string operation_of(const RouteDoc& route) {
  std::string out;
  Object operation(out);
  operation("operationId", route.operation)("summary", route.summary);
  operation("tags", std::vector<std::string>{std::string(route.tag)});
  operation("parameters", Raw{parameters_of(route)});
  if (!route.body.empty()) operation("requestBody", Raw{body_of(route)});
  operation("responses", Raw{responses_of(route)}).close();
  return out;
}

std::string shared_headers(std::string_view paths) {
  std::string out;
  Object headers(out);
  for (const auto& header : kAnswerHeaders) {
    if (!refers(paths, kHeaderPrefix, header.name)) continue;
    headers.key(header.name);
    Object{out}("description", header.description)("schema", Raw{header.schema}).close();
  }
  headers.close();
  return out;
}

}  // namespace taskman::wire
