#include "common/config/config_edit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "common/config/folders.hpp"
#include "common/config/toml.hpp"
#include "common/error/error.hpp"
#include "common/util/file.hpp"
#include "common/util/text.hpp"

namespace taskman::config {
namespace {

/// `daemon.log_level` → `daemon.`; `timeout` → nothing.
std::string_view section_of(std::string_view key) {
  const auto dot = key.find('.');
  return dot == key.npos ? std::string_view{} : key.substr(0, dot + 1);
}

std::string value_text(const Setting& setting, const std::string& text) {
  const bool plain = setting.type == Type::kSwitch || setting.type == Type::kNumber;
  return plain ? text : toml_string(text);
}

std::size_t after_line(std::string_view content, std::size_t at) {
  const auto end = content.find('\n', at);
  return end == content.npos ? content.size() : end + 1;
}

std::string without(std::string content, const TomlEntry& entry) {
  const auto newline = content.rfind('\n', entry.begin);
  const std::size_t from = newline == std::string::npos ? 0 : newline + 1;
  content.erase(from, after_line(content, entry.end) - from);
  return content;
}

/// Behind the last key of its section, dotted as that one is; a section without keys is opened
/// (again) at the end.
std::string with_new(std::string content, const std::vector<TomlEntry>& entries,
                     const Setting& setting, const std::string& value) {
  if (!content.empty() && !content.ends_with('\n')) content += '\n';
  const std::string_view section = section_of(setting.name);
  const auto beside = std::find_if(entries.rbegin(), entries.rend(), [&](const TomlEntry& each) {
    return section_of(each.key) == section;
  });
  const std::size_t said = beside == entries.rend() ? section.size() : beside->section.size();
  const std::string line = fmt::format("{} = {}\n", setting.name.substr(said), value);
  if (beside != entries.rend()) return content.insert(after_line(content, beside->end), line);
  if (section.empty()) return content.insert(mark_of(content).size(), line);
  return content + fmt::format("{}[{}]\n{}", content.empty() ? "" : "\n",
                               section.substr(0, section.size() - 1), line);
}

/// `daemon.log_level`, of a line `log_level = …` behind `[daemon]`.
std::string key_of(std::string_view line, std::string& section) {
  const std::string_view text = util::trim(line);
  if (text.starts_with('[')) {
    section = std::string(util::trim(text.substr(1, text.find(']') - 1))) + '.';
    return {};
  }
  return section + std::string(util::trim(text.substr(0, text.find('='))));
}

/// Without reading the values, which may be what is wrong.
std::string without_lines_of(std::string_view content, std::string_view key) {
  std::string kept;
  std::string section;
  for (std::size_t at = 0; at < content.size();) {
    const std::size_t next = after_line(content, at);
    const std::string_view line = content.substr(at, next - at);
    if (key_of(line, section) != key) kept += line;
    at = next;
  }
  return kept;
}

/// A file that cannot be read may be mended by just this change: the key's own lines are left out.
std::vector<TomlEntry> entries_of(std::string& content, std::string_view file,
                                  std::string_view key) {
  try {
    return parse_toml(content, file);
  } catch (const error::Error&) {
    std::string rest = without_lines_of(content, key);
    if (rest == content) throw;
    content = std::move(rest);
    return parse_toml(content, file);
  }
}

std::string edited_file(std::string_view content, std::string_view file, const Setting& setting,
                        const std::optional<std::string>& text) {
  std::string after(content);
  const auto entries = entries_of(after, file, setting.name);
  const auto entry = std::ranges::find(entries, setting.name, &TomlEntry::key);
  if (!text) return entry == entries.end() ? after : without(std::move(after), *entry);
  const std::string value = value_text(setting, checked(setting, *text));
  if (entry == entries.end()) return with_new(std::move(after), entries, setting, value);
  return after.replace(entry->begin, entry->end - entry->begin, value);
}

/// Whether that changed the file.
template <typename Change>
bool rewrite(const std::string& file, const Change& change) {
  try {
    const std::string before = util::read_regular_file(file).value_or("");
    const std::string after = change(before);
    if (after == before) return false;
    make_folder(folder_of(file));
    util::replace_file(file, after);
    return true;
  } catch (const util::NotAFile& error) {
    throw error::Error(error::Code::kInvalidValue, error.what(),
                       "put a file in its place, or name one: TASKMAN_CONFIG");
  } catch (const std::system_error& error) {
    throw error::Error(error::Code::kStorageUnavailable,
                       fmt::format("{} cannot be written: {}", file, error.code().message()));
  }
}

}  // namespace

std::string edited(std::string_view content, const Setting& setting,
                   const std::optional<std::string>& text) {
  return edited_file(content, "config.toml", setting, text);
}

void write_setting(const std::string& file, const Setting& setting,
                   const std::optional<std::string>& text) {
  rewrite(file,
          [&](const std::string& before) { return edited_file(before, file, setting, text); });
}

bool drop_key(const std::string& file, std::string_view key) {
  return rewrite(file, [&](const std::string& before) { return without_lines_of(before, key); });
}

}  // namespace taskman::config
