// --sort and --limit, for lists the daemon gives whole.

#include <algorithm>

#include "cli/commands/print.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/fields.hpp"

namespace taskman::cli {
namespace {

using error::Code;
using error::Error;
using render::Fields;

struct SortKey {
  std::string field;
  bool descending;
};

std::vector<SortKey> sort_keys(const Invocation& invocation, const Fields& known) {
  std::vector<SortKey> keys;
  const auto list = invocation.value("sort");
  std::string_view rest = list ? std::string_view(*list) : std::string_view{};
  while (!rest.empty()) {
    const auto comma = std::min(rest.find(','), rest.size());
    auto word = util::trim(rest.substr(0, comma));
    const bool descending = word.starts_with('-');
    if (descending) word.remove_prefix(1);
    if (std::ranges::find(known, word) == known.end()) {
      throw Error(Code::kInvalidValue,
                  "--sort: unknown field '" + util::escape_for_terminal(word) + "'",
                  "known: " + util::join(known, ", "));
    }
    keys.push_back({std::string(word), descending});
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return keys;
}

/// What has no value comes last in either direction, as it does in lists of tasks.
int compare(const std::string& a, const std::string& b, bool descending) {
  if (a.empty() || b.empty()) return static_cast<int>(a.empty()) - static_cast<int>(b.empty());
  if (descending) return compare(b, a, false);
  const auto left = util::parse_integer(a);
  const auto right = util::parse_integer(b);
  if (left && right) return *left < *right ? -1 : *left > *right;
  return a.compare(b);
}

}  // namespace

std::optional<std::int64_t> limit_of(const Invocation& invocation) {
  const auto text = invocation.value("limit");
  if (!text) return std::nullopt;
  const auto limit = util::parse_integer(*text);
  if (!limit || *limit < 1) {
    throw Error(Code::kInvalidValue,
                "--limit: '" + util::escape_for_terminal(*text) + "' is not a number from 1 up");
  }
  return *limit;
}

wire::Envelope arranged(const Invocation& invocation, wire::Envelope envelope, const Kind& kind) {
  const auto keys = sort_keys(invocation, kind.known());
  const auto limit = limit_of(invocation);
  if (keys.empty() && !limit) return envelope;
  Items items = wire::split_array(envelope.data);
  const auto total = static_cast<std::int64_t>(items.size());
  std::ranges::stable_sort(items, [&](const std::string& a, const std::string& b) {
    for (const auto& [field, descending] : keys) {
      const int order = compare(wire::field_text(a, field).value_or(""),
                                wire::field_text(b, field).value_or(""), descending);
      if (order != 0) return order < 0;
    }
    return false;
  });
  if (limit && *limit < total) {
    items.resize(static_cast<std::size_t>(*limit));
    if (envelope.page) envelope.page->returned = *limit;
  }
  envelope.data = wire::array_of(items);
  return envelope;
}

}  // namespace taskman::cli
