// Failures: RFC 9457 on the API, `{"error":…}` on the CLI's stderr, and the way back to an Error.

#include <algorithm>

#include "common/wire/envelope.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/read.hpp"
#include "common/wire/slice.hpp"
#include "common/wire/write.hpp"

namespace taskman::wire {
namespace {

using error::Code;
using error::Error;

constexpr std::string_view kWhat = "problem";
constexpr std::string_view kTypePrefix = "urn:taskman:problem:";

void put_details(Object& object, std::string& out, const std::vector<error::Field>& fields) {
  object.key("details");
  out += '[';
  for (const auto& field : fields) {
    if (out.back() != '[') out += ',';
    Object detail(out);
    detail("name", field.name)("message", field.message);
    if (const auto& rivals = field.rivals) {
      detail("base", Raw{rivals->base})("theirs", Raw{rivals->theirs});
      detail("yours", Raw{rivals->yours});
    }
    detail.close();
  }
  out += ']';
}

/// What both forms say alike.
void put_common(Object& object, std::string& out, const Error& failure) {
  object.key("hint");
  put(out, failure.hint().empty() ? std::nullopt : std::optional(failure.hint()));
  object("retryable", error::row(failure.code()).retryable);
  put_details(object, out, failure.fields());
}

Code code_of_status(int http_status) {
  constexpr int kUnavailable = 503;
  if (http_status == kUnavailable) return Code::kOverloaded;
  const auto found = std::ranges::find(error::table(), http_status, &error::Row::http_status);
  return found == error::table().end() ? Code::kInternal : found->code;
}

const Value* find(const Value::Object& members, std::string_view name) {
  const auto found = std::ranges::find(members, name, &Value::Object::value_type::first);
  return found == members.end() ? nullptr : &found->second;
}

std::string text_of(const Value::Object& members, std::string_view name) {
  const auto* value = find(members, name);
  const auto* text = value == nullptr ? nullptr : value->get_if<std::string>();
  return text == nullptr ? std::string() : *text;
}

std::string text_of(const NamedSlices& members, std::string_view name) {
  const auto json = slice_of(members, name);
  return json.empty() ? std::string() : value_text(json);
}

// Sliced, so that the values two callers want stay the bytes they are.
std::vector<error::Field> details_of(std::string_view problem) {
  std::vector<error::Field> fields;
  const auto details = slice_of(slice_object(problem, kWhat), "details");
  if (!details.starts_with('[')) return fields;
  for (const auto item : slice_array(details, kWhat)) {
    if (!item.starts_with('{')) continue;
    const auto members = slice_object(item, kWhat);
    auto& field = fields.emplace_back(text_of(members, "name"), text_of(members, "message"));
    const auto base = slice_of(members, "base");
    if (base.empty()) continue;
    field.rivals = {std::string(base), std::string(slice_of(members, "theirs")),
                    std::string(slice_of(members, "yours"))};
  }
  return fields;
}

Error from_problem(const Value::Object& members, std::string_view json, int http_status) {
  const auto row = error::find_by_slug(text_of(members, "code"));
  auto message = text_of(members, "detail");
  if (message.empty()) message = text_of(members, "message");
  if (message.empty()) message = text_of(members, "title");
  if (message.empty()) message = "the server answered " + std::to_string(http_status);
  return Error(row ? row->code : code_of_status(http_status), std::move(message),
               text_of(members, "hint"), details_of(json));
}

}  // namespace

std::string encode_error(const Error& failure) {
  std::string out = R"({"error":)";
  Object object(out);
  object("code", error::row(failure.code()).slug)("message", failure.message());
  put_common(object, out, failure);
  object.close();
  return out += '}';
}

std::string encode_problem(const Error& failure, std::string_view instance) {
  const auto& row = error::row(failure.code());
  std::string out;
  Object object(out);
  object("type", std::string(kTypePrefix).append(row.slug))("title", row.title);
  object("status", std::int64_t{row.http_status})("detail", failure.message());
  object("instance", instance)("code", row.slug);
  put_common(object, out, failure);
  object.close();
  return out;
}

Error decode_problem(std::string_view json, int http_status) {
  try {
    const Value value = parse(json, kWhat);
    if (const auto* members = value.get_if<Value::Object>())
      return from_problem(*members, json, http_status);
  } catch (const Error&) {
    // A proxy's HTML page, say: the status alone has to do.
  }
  return Error(code_of_status(http_status), "the server answered " + std::to_string(http_status));
}

Error decode_error(std::string_view json) {
  const auto members = members_of(json);
  constexpr int kInternal = 500;
  return decode_problem(members.empty() ? std::string_view() : members.front().second, kInternal);
}

}  // namespace taskman::wire
