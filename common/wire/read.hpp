#pragma once
// Values of input turned into model types, refusing what does not fit by field and value. Internal
// to common/wire.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/error/error.hpp"
#include "common/model/changeset.hpp"
#include "common/model/sprint.hpp"
#include "common/model/task.hpp"
#include "common/wire/value.hpp"

namespace taskman::wire {

/// A value on its way in, under the name the caller gave it.
struct Field {
  std::string_view name;
  const Value& value;
};

/// Throws kInvalidValue: `points: 1.5 is not an integer`.
[[noreturn]] void refuse(const Field& field, std::string_view expected, std::string hint = {});

void get(const Field& field, std::string& out);
void get(const Field& field, std::int64_t& out);
void get(const Field& field, bool& out);
void get(const Field& field, util::Instant& out);
void get(const Field& field, util::Date& out);
/// `30m`, or a number of seconds.
void get(const Field& field, std::chrono::milliseconds& out);
void get(const Field& field, model::Status& out);
void get(const Field& field, model::Priority& out);
void get(const Field& field, model::SprintState& out);
void get(const Field& field, model::TaskId& out);
void get(const Field& field, model::SprintId& out);
void get(const Field& field, model::CommentId& out);
/// A number or a text.
void get(const Field& field, model::EntityId& out);
void get(const Field& field, model::Lease& out);
void get(const Field& field, model::ScopeItem& out);
void get(const Field& field, model::Progress& out);
void get(const Field& field, model::SprintReport& out);

template <typename T>
void get(const Field& field, std::vector<T>& out);

template <typename T>
void get(const Field& field, std::optional<T>& out) {
  out.reset();
  if (!field.value.is_null()) get(field, out.emplace());
}

template <typename T>
void get(const Field& field, std::vector<T>& out) {
  const auto* items = field.value.get_if<Value::Array>();
  if (items == nullptr) refuse(field, "an array");
  out.clear();
  for (const auto& item : *items) get(Field{field.name, item}, out.emplace_back());
}

/// Sorted and unique, as the model keeps labels and blockers.
template <typename T>
void normalise(std::vector<T>& values) {
  std::ranges::sort(values);
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

/// What to do with a field that is in no table: input is refused, answers may come from a newer
/// program.
enum class Unknown { kRefuse, kIgnore };

/// A due date: RFC 3339, or a day, which means its last second in UTC.
void get_due(const Field& field, std::optional<util::Instant>& out);

const Value::Object& as_object(const Value& value, std::string_view what);
[[noreturn]] void refuse_unknown(std::string_view name, std::string_view what,
                                 std::span<const std::string_view> known);

/// Reads an object by a table of rows that have `name` and `get(const Field&, T&)`.
template <typename T, typename Rows>
void get_object(const Value& value, const Rows& rows, T& out, Unknown unknown,
                std::string_view what) {
  for (const auto& [name, member] : as_object(value, what)) {
    const auto row =
        std::ranges::find_if(rows, [&wanted = name](const auto& r) { return r.name == wanted; });
    if (row != rows.end()) {
      row->get(Field{name, member}, out);
    } else if (unknown == Unknown::kRefuse) {
      std::vector<std::string_view> known;
      for (const auto& r : rows) known.push_back(r.name);
      refuse_unknown(name, what, known);
    }
  }
}

}  // namespace taskman::wire
