// `<digest>.<value>.<value>…`: n is null, i<number>, s<hex of the text>.

#include <charconv>
#include <system_error>

#include "common/error/error.hpp"
#include "common/util/hash.hpp"
#include "daemon/store/sqlite/sort_sql.hpp"

namespace taskman::store::sqlite {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

std::string to_text(const KeyValue& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return "i" + std::to_string(*number);
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return "n";
  std::string hex = "s";
  for (const char byte : *text) {
    const auto bits = static_cast<unsigned char>(byte);
    hex += kHex[bits >> 4U];
    hex += kHex[bits & 15U];
  }
  return hex;
}

[[noreturn]] void refuse(std::string_view token) {
  throw error::Error(
      error::Code::kInvalidValue,
      "page '" + std::string(token.substr(0, 80)) + "' does not belong to this query",
      "take next from an answer to the same filter and sort");
}

std::optional<std::string> from_hex(std::string_view hex) {
  if (hex.size() % 2 != 0) return std::nullopt;
  std::string text;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const auto high = kHex.find(hex[i]);
    const auto low = kHex.find(hex[i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
    text += static_cast<char>(high * 16 + low);
  }
  return text;
}

std::optional<KeyValue> from_text(std::string_view text) {
  if (text == "n") return KeyValue();
  if (text.starts_with('s')) {
    auto bytes = from_hex(text.substr(1));
    if (!bytes) return std::nullopt;
    return KeyValue(std::move(*bytes));
  }
  if (!text.starts_with('i')) return std::nullopt;
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data() + 1, end, number);
  if (failure != std::errc{} || stop != end) return std::nullopt;
  return KeyValue(number);
}

}  // namespace

std::string to_page_token(std::uint64_t digest, const std::vector<OrderTerm>& terms,
                          const model::Task& last) {
  std::string token = util::to_hex(digest);
  for (const OrderTerm& term : terms) token += '.' + to_text(term.value(last));
  return token;
}

std::vector<KeyValue> parse_page_token(std::string_view token, std::uint64_t digest,
                                       std::size_t count) {
  std::string_view rest = token;
  const std::string expected = util::to_hex(digest);
  if (!rest.starts_with(expected)) refuse(token);
  rest.remove_prefix(expected.size());
  std::vector<KeyValue> values;
  while (!rest.empty()) {
    if (rest.front() != '.') refuse(token);
    rest.remove_prefix(1);
    const std::string_view part = rest.substr(0, rest.find('.'));
    auto value = from_text(part);
    if (!value) refuse(token);
    values.push_back(std::move(*value));
    rest.remove_prefix(part.size());
  }
  if (values.size() != count) refuse(token);
  return values;
}

}  // namespace taskman::store::sqlite
