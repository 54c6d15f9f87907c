#include "common/wire/batch.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "common/wire/read.hpp"
#include "common/wire/rows.hpp"
#include "common/wire/slice.hpp"
#include "common/wire/write.hpp"

namespace taskman::wire {
namespace {

using error::Code;
using error::Error;

constexpr std::string_view kWhat = "line";

/// The members in which a thing is named.
constexpr std::array<std::string_view, 9> kNaming{
    "id", "parent",     "project",        "sprint",           "carry",
    "on", "blocked_by", "add_blocked_by", "remove_blocked_by"};

/// The number of `"$3"`, quotes and all.
std::optional<std::size_t> reference_of(std::string_view json) {
  if (json.size() < 4 || !json.starts_with("\"$") || !json.ends_with('"')) return std::nullopt;
  const std::string_view digits = json.substr(2, json.size() - 3);
  std::size_t number = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool is_number = failure == std::errc() && end == digits.data() + digits.size();
  if (!is_number || digits.starts_with('0')) return std::nullopt;
  return number;
}

void put_id(std::string& out, const model::EntityId& id) {
  std::visit([&](const auto& value) { put(out, value); }, id);
}

void put_resolved(std::string& out, std::string_view json, const MadeIds& made) {
  const auto number = reference_of(json);
  if (!number) {
    out += json;
    return;
  }
  if (*number == 0 || *number > made.size() || !made[*number - 1]) {
    throw Error(Code::kInvalidValue,
                "$" + std::to_string(*number) + " names a line that made nothing before this one",
                "$1 is what line 1 made: a task, a sprint or a project; or the next task, which it "
                "claimed");
  }
  put_id(out, *made[*number - 1]);
}

/// The value with its references replaced: one, or a list of them.
std::string resolved(std::string_view name, std::string_view json, const MadeIds& made) {
  if (std::ranges::find(kNaming, name) == kNaming.end()) return std::string(json);
  std::string out;
  if (!json.starts_with('[')) {
    put_resolved(out, json, made);
    return out;
  }
  out = "[";
  for (const auto item : slice_array(json, name)) {
    if (out.size() > 1) out += ',';
    put_resolved(out, item, made);
  }
  return out += ']';
}

void get_on(const Field& field, std::vector<model::TaskId>& to) {
  if (field.value.get_if<Value::Array>() != nullptr) return get(field, to);
  get(field, to.emplace_back());
}
constexpr std::array kDependency{Row<std::vector<model::TaskId>>{"on", get_on}};

struct Detach {
  bool detach = false;
};
constexpr std::array kDetach{row<Detach, &Detach::detach>("detach")};

constexpr std::array kResult{
    row<BatchResult, &BatchResult::line>("line"),
    row<BatchResult, &BatchResult::verb>("verb"),
    row<BatchResult, &BatchResult::id>("id"),
};

}  // namespace

BatchLine decode_batch_line(std::string_view line, const MadeIds& made) {
  as_object(parse(line, kWhat), kWhat);
  BatchLine taken;
  Object body(taken.body);
  for (const auto& [name, json] : slice_object(line, kWhat)) {
    if (name == "verb") {
      get(Field{name, parse(json, name)}, taken.verb);
      continue;
    }
    const std::string value = resolved(name, json, made);
    if (name == "id") {
      get(Field{name, parse(value, name)}, taken.id.emplace());
    } else {
      body(name, Raw{value});
    }
  }
  body.close();
  if (taken.verb.empty()) refuse_missing("verb", kWhat);
  return taken;
}

std::optional<ClaimNext> decode_next(std::string_view json) {
  bool next = false;
  std::string rest;
  Object body(rest);
  for (const auto& [name, text] : slice_object(json, kWhat)) {
    if (name == "next") {
      get(Field{name, parse(text, name)}, next);
    } else {
      body(name, Raw{text});
    }
  }
  body.close();
  if (!next) return std::nullopt;
  return decode_claim_next(rest);
}

std::vector<model::TaskId> decode_dependency(std::string_view json) {
  std::vector<model::TaskId> on;
  get_object(parse(json, kWhat), kDependency, on, Unknown::kRefuse, kWhat);
  if (on.empty()) refuse_missing("on", kWhat);
  normalise(on);
  return on;
}

bool decode_detach(std::string_view json) {
  Detach wanted;
  get_object(parse(json, kWhat), kDetach, wanted, Unknown::kRefuse, kWhat);
  return wanted.detach;
}

std::string encode(const BatchReport& report) {
  std::string out;
  Object object(out);
  object("dry_run", report.dry_run);
  object.key("results");
  out += '[';
  for (const auto& result : report.results) {
    if (out.back() != '[') out += ',';
    Object item(out);
    item("line", result.line)("verb", result.verb).key("id");
    put_id(out, result.id);
    item.close();
  }
  out += ']';
  object("changes", Raw{report.changes}).close();
  return out;
}

// Sliced, not parsed whole: a batch has thousands of lines.
BatchReport decode_batch_report(std::string_view json) {
  BatchReport report;
  for (const auto& [name, text] : slice_object(json, "batch report")) {
    if (name == "dry_run") get(Field{name, parse(text, name)}, report.dry_run);
    if (name == "changes") report.changes = text;
    if (name != "results") continue;
    for (const auto item : slice_array(text, "batch results")) {
      get_object(parse(item, "batch result"), kResult, report.results.emplace_back(),
                 Unknown::kIgnore, "batch result");
    }
  }
  return report;
}

}  // namespace taskman::wire
