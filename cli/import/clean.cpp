#include "cli/import/clean.hpp"

#include <algorithm>

#include "common/model/task.hpp"
#include "common/util/text.hpp"

namespace taskman::transfer {
namespace {

constexpr std::string_view kEllipsis = "…";

bool is_alphanumeric(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
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
  std::ranges::replace_if(word, [](char byte) { return byte == ' ' || byte == ','; }, '-');
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

void Notes::add(std::string_view name, std::string_view json) {
  auto& [_, text] = members_.emplace_back(name, json);
  // Between JSON's tokens a line end is as good as a blank; within strings it cannot stand.
  std::ranges::replace_if(text, [](char byte) { return byte == '\n' || byte == '\r'; }, ' ');
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
