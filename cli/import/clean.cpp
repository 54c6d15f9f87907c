#include "cli/import/clean.hpp"

#include <algorithm>
#include <optional>

#include "common/model/task.hpp"
#include "common/util/text.hpp"

namespace taskman::transfer {
namespace {

constexpr std::string_view kEllipsis = "…";

bool is_alphanumeric(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= '0' && byte <= '9');
}

/// The first `count` characters of UTF-8.
std::string_view first_characters(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    const bool starts = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
    if (starts && count-- == 0) break;
  }
  return text.substr(0, at);
}

/// The ten bits of a surrogate at the front, encoded as if it were a character; `kind` tells high
/// (0xA0) from low (0xB0).
std::optional<unsigned> surrogate_bits(std::string_view text, unsigned kind) {
  if (text.size() < 3) return std::nullopt;
  const auto byte = [&](std::size_t at) {
    return static_cast<unsigned>(static_cast<unsigned char>(text[at]));
  };
  if (byte(0) != 0xED || (byte(1) & 0xF0U) != kind || (byte(2) & 0xC0U) != 0x80)
    return std::nullopt;
  return ((byte(1) & 0x0FU) << 6) | (byte(2) & 0x3FU);
}

void put_utf8(std::string& out, unsigned character) {
  out += static_cast<char>(0xF0U | (character >> 18));
  for (const unsigned shift : {12U, 6U, 0U})
    out += static_cast<char>(0x80U | ((character >> shift) & 0x3FU));
}

std::string opening(std::string_view program) { return "```" + std::string(program) + "\n"; }
constexpr std::string_view kClosing = "```";

}  // namespace

std::string clean_line(std::string_view text, std::size_t limit) {
  std::string line(text);
  if (util::find_control(line)) line = util::escape_for_terminal(line);
  line = util::trim(line);
  if (util::count_characters(line) <= limit) return line;
  return std::string(first_characters(line, limit - 1)) += kEllipsis;
}

std::string clean_text(std::string_view text) {
  constexpr std::string_view kAllowed = "\n\t\r";
  if (!util::find_control(text, kAllowed)) return std::string(text);
  return util::escape_for_terminal(text, kAllowed);
}

std::string clean_word(std::string_view text) {
  auto word = clean_line(text, model::kMaxName);
  std::ranges::replace_if(
      word, [](char byte) { return byte == ' ' || byte == ','; }, '-');
  return word;
}

std::string clean_key(std::string_view name) {
  std::string key;
  for (const char byte : name) {
    const bool plain = is_alphanumeric(byte) || byte == '.' || byte == '_' || byte == '-';
    if (plain && (!key.empty() || is_alphanumeric(byte))) {
      key += byte;
    } else if (!key.empty() && key.back() != '-') {
      key += '-';
    }
  }
  while (key.ends_with('-')) key.pop_back();
  if (key.empty() || util::equals_ignoring_case(key, "none")) key = "project-" + key;
  while (key.ends_with('-')) key.pop_back();
  return key.substr(0, model::kMaxName);
}

std::string joined_surrogates(std::string_view text) {
  constexpr std::string_view kLead = "\xED";
  std::string joined;
  for (auto at = text.find(kLead); at != text.npos; at = text.find(kLead)) {
    joined += text.substr(0, at);
    text.remove_prefix(at);
    const auto high = surrogate_bits(text, 0xA0);
    const auto low = high && text.size() > 3 ? surrogate_bits(text.substr(3), 0xB0) : std::nullopt;
    if (low) {
      put_utf8(joined, 0x10000 + (*high << 10) + *low);
    } else {
      joined += text.front();
    }
    text.remove_prefix(low ? 6 : 1);
  }
  return joined += text;
}

void Notes::add(std::string_view name, std::string_view json) {
  auto& [_, text] = members_.emplace_back(name, json);
  // Between JSON's tokens a line end is as good as a blank; within strings it cannot stand.
  std::ranges::replace_if(
      text, [](char byte) { return byte == '\n' || byte == '\r'; }, ' ');
}

std::string Notes::below(std::string body) const {
  if (members_.empty()) return body;
  if (!body.empty()) body += body.ends_with('\n') ? "\n" : "\n\n";
  body += opening(program_);
  for (const auto& [name, json] : members_) ((body += name) += ": ") += json + '\n';
  return body += kClosing;
}

NotedBody read_notes(std::string_view program, std::string_view body) {
  const auto mark = opening(program);
  const auto start = body.rfind(mark);
  const bool at_line_start = start == 0 || (start != body.npos && body[start - 1] == '\n');
  if (!at_line_start || !body.ends_with(kClosing)) return {.body = std::string(body)};
  NotedBody noted;
  noted.body = util::trim(body.substr(0, start));
  auto lines = body.substr(start + mark.size());
  lines.remove_suffix(kClosing.size());
  while (!lines.empty()) {
    const auto end = std::min(lines.find('\n'), lines.size());
    const auto line = lines.substr(0, end);
    lines.remove_prefix(std::min(end + 1, lines.size()));
    const auto colon = line.find(": ");
    if (colon != line.npos) noted.notes.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  }
  return noted;
}

}  // namespace taskman::transfer
