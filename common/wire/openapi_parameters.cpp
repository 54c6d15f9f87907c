// What a request carries besides its body: path, query and headers.

#include <algorithm>
#include <vector>

#include "common/wire/openapi.hpp"
#include "common/wire/openapi_parts.hpp"
#include "common/wire/paths.hpp"
#include "common/wire/write.hpp"

namespace taskman::wire {
namespace {

constexpr std::string_view kParameterPrefix = "#/components/parameters/";

constexpr Shared kRequestHeaders[]{
    {kKeyHeader, kText,
     "The same request of the same actor again answers the first result again, for 24 hours"},
    {kActorHeader, kText, "Who asks; the socket's owner when it is left out"},
    {kOriginHeader, kText, "By what means; api when it is left out"},
    {"If-Match", kText,
     "The ETag of what was seen, or in quotes its version alone; another one is refused"},
    {"If-None-Match", kText, "The ETag that is known; the same one is answered 304"},
};

constexpr Shared kPathParameters[]{
    {"id", R"({"type":"integer","minimum":1})", "The task's id"},
    {"sprint", kText, "The sprint's id or name, or current, next, prev"},
    {"key", kText, "The project's key"},
};

void put_parameter(std::string& out, std::string_view in, const Shared& parameter) {
  Object object(out);
  object("name", parameter.name)("in", in)("description", parameter.description);
  if (in == "path") object("required", true);
  object("schema", Raw{parameter.schema}).close();
}

std::vector<std::string_view> captures_of(std::string_view path) {
  std::vector<std::string_view> names;
  for (auto open = path.find('{'); open != std::string_view::npos; open = path.find('{')) {
    const auto close = path.find('}');
    names.push_back(path.substr(open + 1, close - open - 1));
    path.remove_prefix(close + 1);
  }
  return names;
}

std::vector<std::string_view> request_headers_of(const RouteDoc& route) {
  if (!is_write(route)) {
    if (is_json(route.answer_type)) return {"If-None-Match"};
    return {};
  }
  std::vector<std::string_view> names{kKeyHeader, kActorHeader, kOriginHeader};
  if (names_a_thing(route)) names.push_back("If-Match");
  return names;
}

}  // namespace

std::string parameters_of(const RouteDoc& route) {
  std::string out = "[";
  const auto separate = [&] {
    if (out.back() != '[') out += ',';
  };
  for (const auto name : captures_of(route.path)) {
    const auto known = std::ranges::find(kPathParameters, name, &Shared::name);
    separate();
    put_parameter(out, "path",
                  known == std::end(kPathParameters) ? Shared{name, kText, name} : *known);
  }
  for (const auto& query : route.query) {
    separate();
    put_parameter(out, "query", {query.name, query.schema, query.description});
  }
  if (takes_min_rev(route)) {
    separate();
    put_parameter(out, "query", {kMinRev.name, kMinRev.schema, kMinRev.description});
  }
  for (const auto name : request_headers_of(route)) {
    separate();
    put_reference(out, kParameterPrefix, name);
  }
  return out += ']';
}

std::string shared_parameters(std::string_view paths) {
  std::string out;
  Object parameters(out);
  for (const auto& header : kRequestHeaders) {
    if (!refers(paths, kParameterPrefix, header.name)) continue;
    parameters.key(header.name);
    put_parameter(out, "header", header);
  }
  parameters.close();
  return out;
}

}  // namespace taskman::wire
