#pragma once
// Tables of accepted input: one row per field, its name and where it goes. Internal to common/wire.

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include "common/wire/read.hpp"

namespace taskman::wire {

template <typename T>
struct Row {
  std::string_view name;
  void (*get)(const Field& field, T& to);
};

/// Into a data member, or into the member of a member: `row<Task, &Task::fields, &Fields::title>`.
template <typename T, auto... Path>
constexpr Row<T> row(std::string_view name) {
  return {name, [](const Field& field, T& to) { get(field, (to.*....*Path)); }};
}

/// Of a patch: given means engaged, also when it is null.
template <typename T, auto... Path>
constexpr Row<T> given(std::string_view name) {
  return {name, [](const Field& field, T& to) { get(field, (to.*....*Path).emplace()); }};
}

/// Of a patch: null stands for the empty text or list.
template <typename T, auto... Path>
constexpr Row<T> given_or_emptied(std::string_view name) {
  return {name, [](const Field& field, T& to) {
            auto& value = (to.*....*Path).emplace();
            if (!field.value.is_null()) get(field, value);
          }};
}

/// What a caller sent, by the table of what there can be; empty text is `{}`. `what` names it in
/// refusals.
template <typename T, typename Rows>
T decode_input(std::string_view json, const Rows& rows, std::string_view what) {
  T command{};
  const Value value = parse(json.empty() ? "{}" : json, what);
  get_object(value, rows, command, Unknown::kRefuse, what);
  return command;
}

/// Throws kInvalidValue: `new task: title is missing`.
[[noreturn]] void refuse_missing(std::string_view name, std::string_view what);

}  // namespace taskman::wire
