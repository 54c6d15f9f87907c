#include "daemon/http/path_table.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <functional>

#include "common/error/error.hpp"
#include "common/util/text.hpp"

namespace taskman::http {
namespace {

std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    path.remove_prefix(1);  // the slash
    const auto end = std::min(path.find('/'), path.size());
    segments.push_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return segments;
}

bool is_capture(std::string_view segment) { return segment.starts_with('{'); }

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool matches(const std::vector<std::string>& wanted, const std::vector<std::string_view>& given) {
  return std::ranges::equal(wanted, given, [](const std::string& fixed, std::string_view segment) {
    return is_capture(fixed) ? !segment.empty() : fixed == segment;
  });
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = hex_value(text[i + 1]);
    const int low = hex_value(text[i + 2]);
    if (high < 0 || low < 0 || (high == 0 && low == 0)) return std::nullopt;
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return decoded;
}

void PathTable::add(std::string_view path_template) {
  Entry entry;
  for (const std::string_view segment : split(path_template)) entry.segments.emplace_back(segment);
  entry.fixed =
      static_cast<std::size_t>(std::ranges::count_if(entry.segments, std::not_fn(is_capture)));
  entries_.push_back(std::move(entry));
}

std::vector<std::size_t> PathTable::find(std::string_view path) const {
  const auto given = split(path);
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (matches(entries_[i].segments, given)) found.push_back(i);
  }
  std::ranges::stable_sort(found, std::greater{},
                           [this](std::size_t i) { return entries_[i].fixed; });
  return found;
}

PathTable::Captures PathTable::capture(std::size_t number, std::string_view path) const {
  Captures captures;
  const auto given = split(path);
  const auto& wanted = entries_[number].segments;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!is_capture(wanted[i])) continue;
    auto decoded = percent_decode(given[i]);
    if (!decoded) {
      throw error::Error(
          error::Code::kMalformedRequest,
          fmt::format("broken escape in path segment '{}'", util::escape_for_terminal(given[i])));
    }
    captures.emplace(wanted[i].substr(1, wanted[i].size() - 2), *std::move(decoded));
  }
  return captures;
}

}  // namespace taskman::http
