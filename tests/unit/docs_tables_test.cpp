// docs/config.md and docs/filters.md hold the tables of settings and of filter words; this test
// says when they do not. TASKMAN_ACCEPT_GOLDEN=1 writes the tables anew.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <span>
#include <string>
#include <string_view>

#include "common/config/settings.hpp"
#include "common/filter/words.hpp"
#include "common/model/vocabulary.hpp"
#include "support/build_paths.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

std::string code(std::string_view text) {
  return text.empty() ? std::string() : "`" + std::string(text) + "`";
}

std::string cells(std::initializer_list<std::string> texts) {
  std::string line = "|";
  for (const auto& text : texts) line += " " + text + (text.empty() ? "|" : " |");
  return line + "\n";
}

std::string settings_table() {
  std::string table = "| setting | variable | default | meaning |\n| --- | --- | --- | --- |\n";
  for (const auto& each : config::settings()) {
    std::string meaning(each.meaning);
    for (const auto choice : each.choices)
      meaning += (choice == each.choices[0] ? ": " : ", ") + code(choice);
    if (each.project_file == config::ProjectFile::kAllowed)
      meaning += "; may be in a project's file";
    if (each.reload == config::Reload::kOnHangup) meaning += "; taken over on SIGHUP";
    table += cells({code(each.name), code(each.variable), code(each.standard), meaning});
  }
  return table;
}

std::string fields_table() {
  std::string table = "| field | meaning | `none` | for example |\n| --- | --- | --- | --- |\n";
  for (const auto& each : filter::field_words()) {
    const bool absent = each.absence == filter::Absence::kPossible;
    table += cells(
        {code(each.name), std::string(each.meaning), absent ? "yes" : "", code(each.example)});
  }
  return table;
}

std::string flags_table() {
  std::string table = "| `is:` | true of tasks that are |\n| --- | --- |\n";
  for (const auto& each : filter::flag_words())
    table += cells({code(each.name), std::string(each.meaning)});
  return table;
}

std::string words_table(std::span<const model::Word> words) {
  std::string table = "| word | meaning | read as well |\n| --- | --- | --- |\n";
  for (const auto& each : words) {
    std::string aliases;
    for (const auto alias : each.aliases) aliases += (aliases.empty() ? "" : ", ") + code(alias);
    table += cells({code(each.name), std::string(each.meaning), aliases});
  }
  return table;
}

/// The table between `<!-- name -->` and the next empty line is what it should be.
void check_table(const std::string& page, const std::string& name, const std::string& table) {
  const std::string path = std::string(kSourceDir) + "/docs/" + page;
  std::ifstream in(path);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  const std::string mark = "<!-- " + name + " -->\n";
  const auto at = text.find(mark);
  REQUIRE(at != std::string::npos);
  const auto begin = at + mark.size();
  const auto end = std::min(text.find("\n\n", begin), text.size() - 1) + 1;
  if (std::getenv("TASKMAN_ACCEPT_GOLDEN") != nullptr) {
    std::ofstream(path) << text.replace(begin, end - begin, table);
    return;
  }
  CHECK(text.substr(begin, end - begin) == table);
}

}  // namespace

TEST_CASE("docs/config.md tells the table of settings") {
  check_table("config.md", "settings", settings_table());
}

TEST_CASE("docs/filters.md tells the words of filters") {
  check_table("filters.md", "fields", fields_table());
  check_table("filters.md", "flags", flags_table());
  check_table("filters.md", "statuses", words_table(model::status_words()));
  check_table("filters.md", "priorities", words_table(model::priority_words()));
}

}  // namespace taskman::test
