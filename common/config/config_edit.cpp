#include "common/config/config_edit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "common/config/folders.hpp"
#include "common/config/toml.hpp"
#include "common/error/error.hpp"
#include "common/util/file.hpp"

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

/// Behind the last key of its section; a section without keys is opened (again) at the end.
std::string with_new(std::string content, const std::vector<TomlEntry>& entries,
                     const Setting& setting, const std::string& value) {
  if (!content.empty() && !content.ends_with('\n')) content += '\n';
  const std::string_view section = section_of(setting.name);
  const std::string line = fmt::format("{} = {}\n", setting.name.substr(section.size()), value);
  const auto beside = std::find_if(entries.rbegin(), entries.rend(), [&](const TomlEntry& each) {
    return section_of(each.key) == section;
  });
  if (beside != entries.rend()) return content.insert(after_line(content, beside->end), line);
  if (section.empty()) return line + content;
  return content + fmt::format("{}[{}]\n{}", content.empty() ? "" : "\n",
                               section.substr(0, section.size() - 1), line);
}

std::string edited_file(std::string_view content, std::string_view file, const Setting& setting,
                        const std::optional<std::string>& text) {
  const auto entries = parse_toml(content, file);
  const auto entry = std::ranges::find(entries, setting.name, &TomlEntry::key);
  std::string after(content);
  if (!text) return entry == entries.end() ? after : without(std::move(after), *entry);
  const std::string value = value_text(setting, checked(setting, *text));
  if (entry == entries.end()) return with_new(std::move(after), entries, setting, value);
  return after.replace(entry->begin, entry->end - entry->begin, value);
}

}  // namespace

std::string edited(std::string_view content, const Setting& setting,
                   const std::optional<std::string>& text) {
  return edited_file(content, "config.toml", setting, text);
}

void write_setting(const std::string& file, const Setting& setting,
                   const std::optional<std::string>& text) {
  try {
    const std::string before = util::read_file(file).value_or("");
    const std::string after = edited_file(before, file, setting, text);
    if (after == before) return;
    make_folder(folder_of(file));
    util::replace_file(file, after);
  } catch (const std::system_error& error) {
    throw error::Error(error::Code::kStorageUnavailable,
                       fmt::format("{} cannot be written: {}", file, error.code().message()));
  }
}

}  // namespace taskman::config
