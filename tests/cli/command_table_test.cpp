// The command table against what is made of it: help, and examples that the parser takes.
#include <algorithm>
#include <set>
#include <sstream>

#include "cli/app/command_line.hpp"
#include "cli/app/help.hpp"
#include "cli/app/topics.hpp"
#include "cli/commands/all.hpp"
#include "cli/commands/print.hpp"
#include "cli/session/shared_flags.hpp"
#include "common/error/error.hpp"
#include "common/filter/words.hpp"
#include "common/util/text.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

using app::Words;

/// Splits a line as a shell would, into the words of its simple commands, `$(…)` included. Quotes
/// hold together; variables stay as they are written.
class ShellLine {
 public:
  explicit ShellLine(std::string_view line) {
    for (const char c : line) take(c);
    end_command();
    for (auto at = line.find("\"$("); at != line.npos; at = line.find("\"$(", at + 1)) {
      const ShellLine inner(line.substr(at + 3, line.find(')', at) - at - 3));
      commands_.insert(commands_.end(), inner.commands_.begin(), inner.commands_.end());
    }
  }

  /// The words behind `taskman`, of each command that is one. Variables may be set before it.
  std::vector<Words> of_taskman() const {
    std::vector<Words> found;
    for (const auto& command : commands_) {
      const auto program = std::ranges::find_if(
          command, [](const std::string& word) { return word.find('=') == std::string::npos; });
      if (program != command.end() && *program == "taskman")
        found.emplace_back(program + 1, command.end());
    }
    return found;
  }

 private:
  void take(char c) {
    if (quote_ != 0) {
      if (c == quote_) {
        quote_ = 0;
      } else {
        word_ += c;
      }
    } else if (c == '"' || c == '\'') {
      quote_ = c;
      in_word_ = true;
    } else if (std::string_view("|;&()<>").find(c) != std::string_view::npos) {
      end_command();
    } else if (c == ' ') {
      end_word();
    } else {
      word_ += c;
      in_word_ = true;
    }
  }

  void end_word() {
    if (in_word_) words_.push_back(word_);
    word_.clear();
    in_word_ = false;
  }

  void end_command() {
    end_word();
    if (!words_.empty()) commands_.push_back(words_);
    words_.clear();
  }

  std::vector<Words> commands_;
  Words words_;
  std::string word_;
  char quote_ = 0;
  bool in_word_ = false;
};

void check_width(const std::string& help) {
  std::istringstream lines(help);
  for (std::string line; std::getline(lines, line);) {
    CAPTURE(line);
    CHECK(util::display_width(line) <= 100);
    CHECK_FALSE(line.ends_with(' '));
  }
}

/// What a refusal says to do.
std::string hint_of(const Words& words) {
  try {
    const auto address = app::find_command(words);
    if (address.command != nullptr) app::parse(*address.command, address.rest);
  } catch (const error::Error& refused) {
    CHECK(refused.code() == error::Code::kUsage);
    return refused.hint();
  }
  return "no refusal";
}

}  // namespace

TEST_CASE("every example of the table is taken by the parser, as its own command") {
  for (const auto* row : cli::all()) {
    for (const auto& example : row->examples) {
      CAPTURE(example.line);
      const auto commands = ShellLine(example.line).of_taskman();
      CHECK_FALSE(commands.empty());
      bool shows_row = false;
      for (const auto& words : commands) {
        const auto address = app::find_command(words);
        REQUIRE(address.command != nullptr);
        CHECK_NOTHROW(app::parse(*address.command, address.rest));
        shows_row = shows_row || address.command == row;
      }
      CHECK(shows_row);
    }
  }
}

TEST_CASE("every command has a summary and an example, and helps with all it takes") {
  for (const auto* row : cli::all()) {
    const std::string help = app::help_text(*row);
    CAPTURE(help);
    CHECK_FALSE(row->summary.empty());
    CHECK_FALSE(row->examples.empty());
    check_width(help);
    for (const auto& arg : row->args) CHECK_THAT(help, ContainsSubstring(std::string(arg.name)));
    for (const auto& flag : cli::flags_of(*row))
      CHECK_THAT(help, ContainsSubstring("--" + std::string(flag.name)));
    for (const auto& example : row->examples)
      CHECK_THAT(help, ContainsSubstring("  " + std::string(example.line) + "\n"));
  }
}

TEST_CASE("every command says what it answers with, and takes every flag that shapes it") {
  for (const auto* row : cli::all()) {
    CAPTURE(cli::full_name(*row));
    const bool answers = row->output != cli::Output::kNone;
    // A row without it: add `.answers`, one of the Kinds of commands/kinds.hpp or a new one.
    CHECK((row->answers != nullptr) == answers);
    for (const std::string flag : {"json", "quiet", "fields", "format", "csv"}) {
      CAPTURE(flag);
      const auto flags = cli::flags_of(*row);
      CHECK((std::ranges::find(flags, flag, &cli::Flag::name) != flags.end()) == answers);
    }
  }
}

TEST_CASE("a Kind's id and columns are among its fields, and it says what many of it are called") {
  for (const auto* row : cli::all()) {
    for (const auto kind : {row->answers, row->or_answers}) {
      if (kind == nullptr) continue;
      const auto known = kind().known();
      CAPTURE(cli::full_name(*row), known);
      CHECK(std::ranges::find(known, kind().id) != known.end());
      CHECK_NOTHROW(render::parse_fields(kind().columns, known));
      CHECK_FALSE(kind().plural.empty());
    }
  }
}

TEST_CASE("every command takes an idempotency key, but those that change nothing in the store") {
  // Who adds a command says here that it writes nothing, or gives it kWriteFlags.
  const std::set<std::string> without{
      "task list",    "task show",     "task ready",     "task why",
      "task log",     "sprint list",   "sprint show",    "project list",
      "project show", "watch",         "wait",           "events",
      "daemon start", "daemon stop",   "daemon restart", "daemon status",
      "daemon logs",  "daemon path",   "daemon run",     "where",
      "config show",  "config set",    "config unset",   "schema",
      "export",       "backup",        "restore",        "completion",
      "hooks list",   "hooks show",    "hooks dead",     "current",
      "git install",  "git uninstall", "git hook",       "run"};
  for (const auto* row : cli::all()) {
    const std::string name = cli::full_name(*row);
    CAPTURE(name);
    const bool takes_key =
        std::ranges::any_of(row->flags, [](const cli::Flag& flag) { return flag.name == "key"; });
    CHECK(takes_key != without.contains(name));
  }
}

TEST_CASE("a noun helps with its verbs, the program with its nouns and commands") {
  const std::string whole = app::help_text();
  check_width(whole);
  for (const auto& noun : cli::nouns()) {
    CHECK_THAT(whole, ContainsSubstring("\n  " + std::string(noun.name) + " "));
    const std::string help = app::help_text(noun.name);
    CAPTURE(help);
    check_width(help);
    int verbs = 0;
    for (const auto* row : cli::all()) {
      if (row->noun != noun.name) continue;
      ++verbs;
      CHECK_THAT(help, ContainsSubstring("\n  " + std::string(row->verb)));
      CHECK_THAT(help, ContainsSubstring(std::string(row->summary)));
    }
    CHECK(verbs > 0);
  }
  for (const auto* row : cli::all()) {
    if (row->noun.empty()) CHECK_THAT(whole, ContainsSubstring("\n  " + std::string(row->verb)));
    if (!row->shorthand.empty())
      CHECK_THAT(whole, ContainsSubstring("\n  " + std::string(row->shorthand)));
  }
}

TEST_CASE("every topic is named by the help, told, and shows lines that the parser takes") {
  const std::string whole = app::help_text();
  for (const auto& topic : app::topics()) {
    CAPTURE(topic.name);
    CHECK_THAT(whole, ContainsSubstring("\n  " + std::string(topic.name) + " "));
    CHECK(app::find_topic({"help", std::string(topic.name)}) == &topic);
    const std::string text = topic.text();
    CHECK_THAT(text, EndsWith("\n"));
    check_width(text);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      if (!line.starts_with("  ")) continue;
      // An explanation stands two spaces behind the line it is of.
      const auto shown = line.substr(2, line.find("  ", 2) - 2);
      for (const auto& words : ShellLine(shown).of_taskman()) {
        CAPTURE(shown);
        if (words.at(0) == "schema" || words.at(0) == "help") continue;
        const auto address = app::find_command(words);
        REQUIRE(address.command != nullptr);
        CHECK_NOTHROW(app::parse(*address.command, address.rest));
      }
    }
  }
}

TEST_CASE("exit codes and filters are told from their tables") {
  const auto text_of = [](const std::string& topic) {
    return app::find_topic({"help", topic})->text();
  };
  for (const auto& row : error::table()) {
    CHECK_THAT(text_of("exit-codes"), ContainsSubstring("\n  " + std::to_string(row.exit_code)));
  }
  for (const auto& word : filter::field_words())
    CHECK_THAT(text_of("filters"), ContainsSubstring("\n  " + std::string(word.example)));
  for (const auto& word : filter::flag_words())
    CHECK_THAT(text_of("filters"), ContainsSubstring("\n  is:" + std::string(word.name)));
}

TEST_CASE("help about nothing known is refused, with what is near") {
  const auto hint = [](const std::string& word) -> std::string {
    try {
      app::find_topic({"help", word});
    } catch (const error::Error& refused) {
      return refused.hint();
    }
    return "no refusal";
  };
  CHECK(hint("exit-code") == "did you mean exit-codes?");
  CHECK(hint("filter") == "did you mean filters?");
  CHECK(hint("tsak") == "did you mean task?");
  CHECK(hint("frobnicate") == "see taskman help for all there is");
  CHECK(hint("task") == "no refusal");
}

TEST_CASE("texts of the table begin small and end without a full stop") {
  const auto is_plain = [](std::string_view text) {
    return !text.ends_with('.') && !(text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'a');
  };
  for (const auto* row : cli::all()) {
    CHECK(is_plain(row->summary));
    for (const auto& flag : cli::flags_of(*row)) {
      CAPTURE(flag.name, flag.help);
      CHECK(is_plain(flag.help));
    }
    for (const auto& example : row->examples)
      CHECK((example.says.empty() || is_plain(example.says)));
  }
}

TEST_CASE("nothing in the table is there twice") {
  std::vector<std::string> names;
  for (const auto* row : cli::all()) {
    names.push_back(cli::full_name(*row));
    if (!row->shorthand.empty()) names.emplace_back(row->shorthand);
    std::vector<std::string> flags;
    for (const auto& flag : cli::flags_of(*row)) {
      flags.emplace_back(flag.name);
      if (flag.letter != 0) flags.emplace_back(1, flag.letter);
    }
    std::ranges::sort(flags);
    CAPTURE(names.back(), flags);
    CHECK(std::ranges::adjacent_find(flags) == flags.end());
  }
  std::ranges::sort(names);
  CHECK(std::ranges::adjacent_find(names) == names.end());
}

TEST_CASE("what stands behind -- is the command to run, whatever it looks like") {
  const auto address =
      app::find_command({"run", "--claim", "label:a", "b", "--", "make", "--json", "--", "x"});
  REQUIRE(address.command != nullptr);
  const auto run = app::parse(*address.command, address.rest);
  CHECK(run.all("FILTER") == cli::Values{"label:a", "b"});
  CHECK(run.all("CMD") == cli::Values{"make", "--json", "--", "x"});
  CHECK_FALSE(run.has("json"));
  CHECK_THAT(hint_of({"run", "--claim", "make"}), StartsWith("usage: taskman run"));
  CHECK_THAT(hint_of({"run", "--claim", "--"}), StartsWith("usage: taskman run"));
}

TEST_CASE("a slip of the finger gets a suggestion: noun, verb, flag, value") {
  CHECK(hint_of({"tsak", "list"}) == "did you mean task?");
  CHECK(hint_of({"wacth"}) == "did you mean watch?");
  CHECK(hint_of({"task", "dnoe", "1"}) == "did you mean done?");
  CHECK(hint_of({"sprint", "strat", "1"}) == "did you mean start?");
  CHECK(hint_of({"task", "add", "x", "--priorty", "p1"}) == "did you mean --priority?");
  CHECK(hint_of({"task", "add", "x", "--lable=a"}) == "did you mean --label?");
  CHECK_THAT(hint_of({"completion", "bsah"}), StartsWith("did you mean bash?"));
  CHECK_THAT(hint_of({"task", "dep", "remvoe", "1"}), StartsWith("did you mean remove?"));
  CHECK(hint_of({"lease", "release", "1"}) == "did you mean task release?");
  CHECK_THAT(hint_of({"hooks", "delete", "3", "4"}), StartsWith("taskman hooks delete takes one "));
  CHECK_THAT(hint_of({"undo", "3", "4"}), StartsWith("taskman undo takes one REV"));
}

TEST_CASE("a flag that is a field of the filter says how the filter is written") {
  CHECK(hint_of({"task", "list", "--status", "todo"}) == "write status:todo");
  CHECK(hint_of({"task", "list", "--label=a b"}) == "write 'label:a b'");
  CHECK(hint_of({"ls", "--blocked-by", "17"}) == "write blocked_by:17");
  CHECK(hint_of({"task", "list", "--project"}) == "write project:web");
  CHECK(hint_of({"task", "ready", "--mine"}) == "write is:mine");
  CHECK_THAT(hint_of({"task", "show", "1", "--status", "todo"}), !ContainsSubstring("status:todo"));
}

TEST_CASE("what is like nothing known is told where to look") {
  CHECK(hint_of({"frobnicate"}) == "see taskman --help");
  CHECK(hint_of({"task", "frobnicate"}) == "see taskman task --help");
  CHECK_THAT(hint_of({"task", "add", "x", "--frobnicate"}),
             ContainsSubstring("taskman task add --help"));
}

}  // namespace taskman::test
