#include "daemon/domain/rules.hpp"

#include <fmt/format.h>

#include <utility>

#include "common/util/text.hpp"

namespace taskman::domain {

void Rules::add(std::string_view field, std::string message) {
  problems_.push_back({.name = std::string(field), .message = std::move(message)});
}

void Rules::line(std::string_view field, std::string_view text, std::size_t limit) {
  if (!util::is_utf8(text)) return add(field, "is not valid UTF-8");
  if (util::is_blank(text)) return add(field, text.empty() ? "is empty" : "is blank");
  const std::size_t length = util::count_characters(text);
  if (length > limit) {
    return add(field, fmt::format("has {} characters, at most {} are allowed", length, limit));
  }
  if (const auto control = util::find_control(text)) {
    add(field, fmt::format("contains the control character {}", *control));
  }
}

void Rules::text(std::string_view field, std::string_view text, std::size_t limit) {
  if (text.size() > limit) {
    return add(field, fmt::format("has {} bytes, at most {} are allowed", text.size(), limit));
  }
  if (!util::is_utf8(text)) return add(field, "is not valid UTF-8");
  if (const auto control = util::find_control(text, "\n\t\r")) {
    add(field, fmt::format("contains the control character {}", *control));
  }
}

void Rules::word(std::string_view field, std::string_view text, std::size_t limit) {
  const std::size_t before = problems_.size();
  line(field, text, limit);
  if (problems_.size() > before) return;
  const bool separates = text.find_first_of(", ") != std::string_view::npos;
  if (separates) add(field, fmt::format("'{}' contains a space or a comma", text));
}

void Rules::number(std::string_view field, std::optional<std::int64_t> value, std::int64_t limit) {
  if (!value || (*value >= 0 && *value <= limit)) return;
  add(field, fmt::format("is {}, and must be from 0 to {}", *value, limit));
}

}  // namespace taskman::domain
