#include "daemon/http/large_answer.hpp"

#include <algorithm>

#include "common/wire/paths.hpp"

namespace taskman::http {
namespace {

constexpr std::string_view kLimit = "limit=";
constexpr std::size_t kDigitsOfMany = 4;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool asks_for_many(std::string_view parameter) {
  if (!parameter.starts_with(kLimit)) return false;
  parameter.remove_prefix(kLimit.size());
  return parameter == "all" ||
         (parameter.size() >= kDigitsOfMany && std::ranges::all_of(parameter, is_digit));
}

}  // namespace

bool may_be_large(std::string_view target) {
  const auto mark = std::min(target.find('?'), target.size());
  if (target.substr(0, mark) == wire::kExport) return true;
  std::string_view query = target.substr(mark);
  while (!query.empty()) {
    query.remove_prefix(1);
    const auto end = std::min(query.find('&'), query.size());
    if (asks_for_many(query.substr(0, end))) return true;
    query.remove_prefix(end);
  }
  return false;
}

}  // namespace taskman::http
