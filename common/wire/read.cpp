#include "common/wire/read.hpp"

#include <utility>

#include "common/time/text.hpp"
#include "common/time/zone.hpp"
#include "common/util/text.hpp"
#include "common/wire/rows.hpp"

namespace taskman::wire {
namespace {

using error::Code;
using error::Error;

const std::string& as_text(const Field& field, std::string_view expected) {
  const auto* text = field.value.get_if<std::string>();
  if (text == nullptr) refuse(field, expected);
  return *text;
}

std::int64_t as_id(const Field& field) {
  const auto* id = field.value.get_if<std::int64_t>();
  if (id == nullptr || *id < 1) refuse(field, "an id (1, 2, …)");
  return *id;
}

// The one place where a word of the vocabulary is looked up for input: lists what is known.
template <typename Enum, typename Find>
void get_word(const Field& field, std::span<const model::Word> words, Find find, Enum& out) {
  std::string list;
  for (const auto& word : words) (list += list.empty() ? "one of " : ", ") += word.name;
  const auto& text = as_text(field, list);
  const std::optional<Enum> found = find(text);
  if (!found) {
    const auto near = util::suggest(util::to_lower(text), model::spellings(words));
    refuse(field, list, near ? "did you mean " + std::string(*near) : std::string());
  }
  out = *found;
}

}  // namespace

void refuse(const Field& field, std::string_view expected, std::string hint) {
  std::string problem = shown(field.value) + " is not " + std::string(expected);
  std::string name(field.name);
  std::string message = name + ": " + problem;
  throw Error(Code::kInvalidValue, std::move(message), std::move(hint),
              {{std::move(name), std::move(problem)}});
}

void get(const Field& field, std::string& out) { out = as_text(field, "a string"); }

void get(const Field& field, std::int64_t& out) {
  const auto* number = field.value.get_if<std::int64_t>();
  if (number == nullptr) refuse(field, "an integer");
  out = *number;
}

void get(const Field& field, bool& out) {
  const auto* flag = field.value.get_if<bool>();
  if (flag == nullptr) refuse(field, "true or false");
  out = *flag;
}

void get(const Field& field, util::Instant& out) {
  constexpr std::string_view kExpected = "a time (RFC 3339, like 2026-11-23T10:00:00Z)";
  const auto instant = time::parse_rfc3339(as_text(field, kExpected));
  if (!instant) refuse(field, kExpected);
  out = *instant;
}

void get(const Field& field, util::Date& out) {
  constexpr std::string_view kExpected = "a day (like 2026-11-23)";
  const auto day = time::parse_date(as_text(field, kExpected));
  if (!day) refuse(field, kExpected);
  out = *day;
}

void get(const Field& field, std::chrono::milliseconds& out) {
  constexpr std::string_view kExpected = "a duration (like 30m, or a number of seconds)";
  const auto* seconds = field.value.get_if<std::int64_t>();
  const auto duration = time::parse_duration(seconds != nullptr ? std::to_string(*seconds)
                                                                : as_text(field, kExpected));
  if (!duration) refuse(field, kExpected);
  out = *duration;
}

void get(const Field& field, model::Status& out) {
  get_word(field, model::status_words(), model::find_status, out);
}

void get(const Field& field, model::Priority& out) {
  get_word(field, model::priority_words(), model::find_priority, out);
}

void get(const Field& field, model::SprintState& out) {
  get_word(field, model::sprint_state_words(), model::find_sprint_state, out);
}

void get(const Field& field, model::TaskId& out) { out.value = as_id(field); }
void get(const Field& field, model::SprintId& out) { out.value = as_id(field); }
void get(const Field& field, model::CommentId& out) { out.value = as_id(field); }

void get(const Field& field, model::EntityId& out) {
  if (const auto* key = field.value.get_if<std::string>()) {
    out = *key;
  } else if (const auto* id = field.value.get_if<std::int64_t>()) {
    out = *id;
  } else {
    refuse(field, "an id or a name");
  }
}

void get_due(const Field& field, std::optional<util::Instant>& out) {
  out.reset();
  if (field.value.is_null()) return;
  constexpr std::string_view kExpected =
      "a time (RFC 3339) or a day (like 2026-11-23) of the years 0000 to 9999";
  const auto& text = as_text(field, kExpected);
  out = time::parse_rfc3339(text);
  if (out) return;
  const auto day = time::parse_date(text);
  if (!day) refuse(field, kExpected);
  const util::Instant start = std::chrono::sys_days(*day);
  out = time::as_due({.from = start, .until = start + std::chrono::days(1), .is_day = true});
}

const Value::Object& as_object(const Value& value, std::string_view what) {
  const auto* members = value.get_if<Value::Object>();
  if (members == nullptr) {
    throw Error(Code::kMalformedRequest,
                std::string(what) + ": " + shown(value) + " is not an object");
  }
  return *members;
}

void refuse_unknown(std::string_view name, std::string_view what,
                    std::span<const std::string_view> known) {
  std::string hint;
  if (const auto near = util::suggest(util::to_lower(name), known)) {
    hint = "did you mean " + std::string(*near) + "? ";
  }
  hint += "known fields:";
  for (const auto& field : known) ((hint += ' ') += field) += ',';
  hint.pop_back();
  std::string field(util::fit(name, 60));
  std::string message = std::string(what) + ": unknown field '" + field + '\'';
  throw Error(Code::kMalformedRequest, std::move(message), std::move(hint),
              {{std::move(field), "unknown field"}});
}

void refuse_missing(std::string_view name, std::string_view what) {
  throw Error(Code::kInvalidValue, std::string(what) + ": " + std::string(name) + " is missing", {},
              {{std::string(name), "is missing"}});
}

}  // namespace taskman::wire
