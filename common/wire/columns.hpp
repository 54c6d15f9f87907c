#pragma once
// One table per thing: its JSON fields in the order they are written, and how each is written,
// compared and read. Encoding, decoding, differences and documentation all walk these tables.
// Internal to common/wire.

#include <span>
#include <string>
#include <string_view>

#include "common/model/sprint.hpp"
#include "common/model/task.hpp"
#include "common/wire/read.hpp"
#include "common/wire/write.hpp"

namespace taskman::wire {

template <typename T>
struct Column {
  std::string_view name;
  void (*put)(std::string& out, const T& from);
  bool (*same)(const T& a, const T& b);
  void (*get)(const Field& field, T& to);
};

std::span<const Column<model::Task>> task_columns();
std::span<const Column<model::Comment>> comment_columns();
std::span<const Column<model::Sprint>> sprint_columns();
std::span<const Column<model::Progress>> progress_columns();
std::span<const Column<model::Project>> project_columns();

/// The column of a data member.
template <typename T, auto Member>
constexpr Column<T> column(std::string_view name) {
  return {name, [](std::string& out, const T& from) { put(out, from.*Member); },
          [](const T& a, const T& b) { return a.*Member == b.*Member; },
          [](const Field& field, T& to) { get(field, to.*Member); }};
}

template <typename T>
void put_object(std::string& out, std::span<const Column<T>> columns, const T& from) {
  Object object(out);
  for (const auto& column : columns) {
    object.key(column.name);
    column.put(out, from);
  }
  object.close();
}

}  // namespace taskman::wire
