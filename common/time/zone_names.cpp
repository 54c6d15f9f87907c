#include "common/time/zone_names.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace taskman::time {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = "/usr/share/zoneinfo";

/// The folder also holds tables of text.
bool is_zone_file(const fs::path& path) {
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) return false;
  std::array<char, 4> magic{};
  std::ifstream(path, std::ios::binary).read(magic.data(), magic.size());
  return std::string_view(magic.data(), magic.size()) == "TZif";
}

/// Copies of the whole database for other purposes.
bool is_copy(const fs::path& name) { return name == "posix" || name == "right"; }

}  // namespace

bool is_zone(std::string_view name) {
  std::error_code ignored;
  if (name == "UTC" || !fs::is_directory(kFolder, ignored)) return true;
  const bool inside = !name.empty() && name.front() != '/' && name.find("..") == name.npos;
  return inside && is_zone_file(kFolder / name);
}

std::vector<std::string> zone_names() {
  std::vector<std::string> names;
  std::error_code failed;
  fs::recursive_directory_iterator each(kFolder, failed);
  for (; !failed && each != fs::recursive_directory_iterator(); each.increment(failed)) {
    if (each.depth() == 0 && is_copy(each->path().filename())) each.disable_recursion_pending();
    if (is_zone_file(each->path())) names.push_back(each->path().lexically_relative(kFolder));
  }
  std::ranges::sort(names);
  return names;
}

std::optional<std::string> named_zone(std::string_view text) {
  constexpr std::string_view kDatabase = "zoneinfo/";
  if (text.starts_with(':')) text.remove_prefix(1);
  if (const auto at = text.find(kDatabase); text.starts_with('/') && at != text.npos)
    text.remove_prefix(at + kDatabase.size());
  if (text == "Etc/UTC" || text == "UTC0") return "UTC";
  if (text.empty() || text.find(',') != text.npos || !is_zone(text)) return std::nullopt;
  return std::string(text);
}

}  // namespace taskman::time
