#pragma once
// JSON text spliced by hand: thousands of tasks a second leave through here. Internal to
// common/wire.

#include <chrono>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/model/sprint.hpp"
#include "common/model/task.hpp"

namespace taskman::wire {

/// A string literal; what is not UTF-8 becomes U+FFFD.
void put(std::string& out, std::string_view text);
inline void put(std::string& out, const std::string& text) { put(out, std::string_view(text)); }
void put(std::string& out, std::int64_t number);
void put(std::string& out, std::same_as<bool> auto flag) { out += flag ? "true" : "false"; }
void put(std::string& out, util::Instant instant);
void put(std::string& out, util::Date day);
inline void put(std::string& out, std::chrono::milliseconds duration) {
  put(out, std::to_string(duration.count()) + "ms");
}
void put(std::string& out, model::Status status);
void put(std::string& out, model::Priority priority);
void put(std::string& out, model::SprintState state);
inline void put(std::string& out, model::TaskId id) { put(out, id.value); }
inline void put(std::string& out, model::SprintId id) { put(out, id.value); }
inline void put(std::string& out, model::CommentId id) { put(out, id.value); }
void put(std::string& out, const model::Lease& lease);
void put(std::string& out, const model::ScopeItem& item);
void put(std::string& out, const model::Progress& progress);
void put(std::string& out, const model::SprintReport& report);

template <typename T>
void put(std::string& out, const std::vector<T>& values);

template <typename T>
void put(std::string& out, const std::optional<T>& value) {
  if (value) {
    put(out, *value);
  } else {
    out += "null";
  }
}

template <typename T>
void put(std::string& out, const std::vector<T>& values) {
  out += '[';
  for (const auto& value : values) {
    if (out.back() != '[') out += ',';
    put(out, value);
  }
  out += ']';
}

/// Text that is JSON already.
struct Raw {
  std::string_view json;
};
inline void put(std::string& out, Raw raw) { out += raw.json; }

/// Writes the members of one object: `Object{out}("a", 1)("b", x).close()`.
class Object {
 public:
  explicit Object(std::string& out) : out_(out) { out_ += '{'; }

  template <typename T>
  Object& operator()(std::string_view name, const T& value) {
    key(name);
    put(out_, value);
    return *this;
  }
  /// Written only when engaged.
  template <typename T>
  Object& maybe(std::string_view name, const std::optional<T>& value) {
    if (value) (*this)(name, *value);
    return *this;
  }
  /// Written only when not empty.
  template <typename T>
  Object& unless_empty(std::string_view name, const T& value) {
    if (!value.empty()) (*this)(name, value);
    return *this;
  }
  /// `"name":`, for a value the caller writes.
  void key(std::string_view name) {
    if (!first_) out_ += ',';
    first_ = false;
    (out_ += '"') += name;
    out_ += "\":";
  }
  void close() { out_ += '}'; }

 private:
  std::string& out_;
  bool first_ = true;
};

}  // namespace taskman::wire
