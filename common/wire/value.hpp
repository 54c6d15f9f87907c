#pragma once
// A parsed JSON value: the only shape in which decoders see input. Internal to common/wire.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace taskman::wire {

/// Members keep their order and are unique. A number that is no 64-bit integer keeps its text.
struct Value {
  struct Number {
    std::string text;
  };
  using Array = std::vector<Value>;
  using Object = std::vector<std::pair<std::string, Value>>;

  std::variant<std::nullptr_t, bool, std::int64_t, Number, std::string, Array, Object> data =
      nullptr;

  bool is_null() const { return std::holds_alternative<std::nullptr_t>(data); }
  template <typename T>
  const T* get_if() const {
    return std::get_if<T>(&data);
  }
};

inline constexpr int kMaxDepth = 32;  ///< of nested arrays and objects
inline constexpr std::size_t kMaxValues =
    50'000;  ///< in one text: bounds what a small body can grow to
/// Of what our own programs wrote: a sprint tells its scope, however many tasks that is.
inline constexpr std::size_t kAnyValues = SIZE_MAX;

inline constexpr std::size_t kMaxMembers = 256;  ///< of one object: names are compared pairwise

/// `what` names the text in errors ("request body"). Throws kMalformedRequest: not JSON, not UTF-8,
/// a name twice in an object, nested too deep; kPayloadTooLarge: too many values.
Value parse(std::string_view json, std::string_view what, std::size_t max_values = kMaxValues);

/// For messages: the value as JSON, cut to what a person wants to read.
std::string shown(const Value& value);

}  // namespace taskman::wire
