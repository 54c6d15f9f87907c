// What fits at the cursor: `taskman __complete -- WORDS…`.
#include "cli/app/complete.hpp"

#include <filesystem>

#include "cli/app/candidates.hpp"
#include "cli/app/topics.hpp"
#include "cli/commands/all.hpp"
#include "cli/commands/condition.hpp"
#include "cli/outside.hpp"
#include "cli/session/shared_flags.hpp"
#include "common/filter/filter.hpp"
#include "common/filter/words.hpp"
#include "common/time/zone.hpp"
#include "support/catch.hpp"
#include "support/daemon_fixture.hpp"

namespace taskman::test {
namespace {

using app::Words;

/// The values offered for the words; the last word is under the cursor.
Words values_of(const std::string& lines) {
  Words values;
  for (std::size_t begin = 0; begin < lines.size();) {
    const auto end = lines.find('\n', begin);
    const auto line = lines.substr(begin, end - begin);
    values.push_back(line.substr(0, line.find('\t')));
    begin = end + 1;
  }
  return values;
}

Words offered(const Outside& outside, const Words& words) {
  return values_of(app::complete(outside.world(), words));
}

Words offered(const Words& words) { return offered(Outside{}, words); }

/// Of what a running daemon has to say. A busy machine can make it miss its moment; then there is
/// no answer, and a person presses the key again.
std::string said(const Outside& outside, const Words& words) {
  std::string lines;
  for (int tries = 0; lines.empty() && tries < 100; ++tries)
    lines = app::complete(outside.world(), words);
  return lines;
}

bool holds(const Words& values, const std::string& value) {
  return std::ranges::find(values, value) != values.end();
}

Words words_of(const cli::Command& command) {
  Words words;
  if (!command.noun.empty()) words.emplace_back(command.noun);
  words.emplace_back(command.verb);
  return words;
}

Words with(Words words, const std::string& last) {
  words.push_back(last);
  return words;
}

}  // namespace

TEST_CASE("behind -- a command to run is completed as the files it may be") {
  CHECK(offered({"run", "--claim", "--", ""}) == Words{":files"});
  CHECK(holds(offered({"run", "--claim", "is:re"}), "is:ready"));
}

TEST_CASE("every noun, verb and shorthand of the table is offered") {
  const Words first = offered({""});
  for (const auto& noun : cli::nouns()) CHECK(holds(first, std::string(noun.name)));
  for (const auto* row : cli::all()) {
    const Words words = words_of(*row);
    const Words verbs = words.size() == 1 ? first : offered({words[0], ""});
    CHECK(holds(verbs, words.back()));
    if (!row->shorthand.empty()) CHECK(holds(first, std::string(row->shorthand)));
  }
}

TEST_CASE("behind help stand topics, nouns and commands") {
  CHECK(holds(offered({"he"}), "help"));
  const Words behind = offered({"help", ""});
  for (const auto& topic : app::topics()) CHECK(holds(behind, std::string(topic.name)));
  CHECK(holds(behind, "task"));
  CHECK(holds(behind, "watch"));
  CHECK_FALSE(holds(behind, "help"));
  CHECK(holds(offered({"help", "task", ""}), "add"));
  CHECK_FALSE(holds(offered({"help", "task", ""}), "filters"));
  CHECK(offered({"help", "task", "add", ""}).empty());
}

TEST_CASE("every flag of the table is offered behind its command, and once") {
  for (const auto* row : cli::all()) {
    const Words dashes = offered(with(words_of(*row), "--"));
    for (const auto& flag : cli::flags_of(*row)) {
      const std::string name = "--" + std::string(flag.name);
      CAPTURE(words_of(*row), name);
      CHECK(std::ranges::count(dashes, name) == 1);
    }
  }
}

TEST_CASE("every choice of the table is offered") {
  for (const auto* row : cli::all()) {
    for (const auto& flag : row->flags) {
      const Words values = offered(with(with(words_of(*row), "--" + std::string(flag.name)), ""));
      for (const auto choice : flag.choices) CHECK(holds(values, std::string(choice)));
    }
    if (row->args.empty() || row->args[0].choices.empty()) continue;
    const Words values = offered(with(words_of(*row), ""));
    for (const auto choice : row->args[0].choices) CHECK(holds(values, std::string(choice)));
  }
}

TEST_CASE("what is typed narrows what is offered, in either case") {
  CHECK(offered({"ta"}) == Words{"task"});
  CHECK(offered({"task", "dro"}) == Words{"drop"});
  CHECK(offered({"task", "add", "--status", "D"}) == Words{"done", "dropped"});
  CHECK(offered({"completion", "z"}) == Words{"zsh"});
}

TEST_CASE("a flag is not offered twice, unless it may be given twice") {
  const Words left = offered({"task", "add", "x", "--points", "3", "--label", "a", "--"});
  CHECK_FALSE(holds(left, "--points"));
  CHECK(holds(left, "--label"));
  CHECK_FALSE(holds(offered({"task", "add", "-p", "p1", "--pr"}), "--priority"));
}

TEST_CASE("values stand behind a space or behind an equals sign") {
  CHECK(offered({"task", "add", "--priority", "p1"}) == Words{"p1"});
  CHECK(offered({"task", "add", "-p", "p1"}) == Words{"p1"});
  CHECK(offered({"task", "add", "--priority=p1"}) == Words{"--priority=p1"});
  CHECK(offered({"task", "add", "--due", "tod"}) == Words{"today"});
}

TEST_CASE("flags may stand before the noun, and the value of one is no command") {
  CHECK(offered({"--json", "task", "dro"}) == Words{"drop"});
  CHECK(offered({"--as", "task", "ta"}) == Words{"task"});
}

TEST_CASE("behind -- there are no flags, and a title has no completion") {
  CHECK(offered({"task", "add", "--", "--due"}).empty());
  CHECK(offered({"task", "add", "Fix"}).empty());
}

TEST_CASE("a line that makes no sense has no completion") {
  CHECK(offered({"tsak", ""}).empty());
  CHECK(offered({"task", "dnoe", ""}).empty());
  CHECK(offered({"task", "list", "colour:"}).empty());
  CHECK(offered(Words{}).empty());
}

TEST_CASE("lists are completed by their last element") {
  CHECK(offered({"task", "list", "--fields", "id,tit"}) == Words{"id,title"});
  CHECK(offered({"sprint", "list", "--sort", "-na"}) == Words{"-name"});
}

TEST_CASE("filters: fields, values, not, parentheses, lists") {
  CHECK(offered({"task", "list", "prio"}) == Words{"priority:"});
  CHECK(offered({"ls", "(~lab"}) == Words{"(~label:"});
  CHECK(offered({"ls", "status:d"}) == Words{"status:done", "status:dropped"});
  CHECK(offered({"ls", "status:todo,rev"}) == Words{"status:todo,review"});
  CHECK(offered({"ls", "status:todo is:ov"}) == Words{"status:todo is:overdue"});
  CHECK(offered({"ls", "assignee:@"}) == Words{"assignee:@me"});
  CHECK(offered({"ls", "due<=tom"}) == Words{"due<=tomorrow"});
  CHECK(offered({"ls", "label:no"}) == Words{"label:none"});
}

TEST_CASE("every word offered for a filter is one that the parser takes") {
  const time::UtcZone zone;
  const filter::Context context{.now = ManualClock().now(), .zone = &zone, .actor = "ann"};
  for (const auto& field : filter::field_words()) {
    const std::string begun = std::string(field.name) + ":";
    CHECK(offered({"ls", begun.substr(0, begun.size() - 1)}).front() == begun);
    for (const auto& word : offered({"ls", begun})) CHECK_NOTHROW(filter::parse(word, context));
  }
}

TEST_CASE("watch takes tasks, a sprint or a filter") {
  const Words first = offered({"watch", ""});
  CHECK(holds(first, "task"));
  CHECK(holds(first, "sprint"));
  CHECK(holds(first, "status:"));
  CHECK(offered({"watch", "sprint", "current", ""}).empty());
}

TEST_CASE("wait takes tasks or a sprint, and what to wait for by the words of filters") {
  CHECK(offered({"wait", ""}) == Words{"task", "sprint"});
  CHECK(offered({"wait", "sprint", "current", ""}).empty());
  CHECK(offered({"wait", "--filter", "status:rev"}) == Words{"status:review"});
}

TEST_CASE("what --for of wait offers is of what is waited for") {
  CHECK(offered({"wait", "task", "1", "--for", "e"}) == Words{"exists", "external:"});
  CHECK(offered({"wait", "task", "1", "--for", "status=d"}) ==
        Words{"status=done", "status=dropped"});
  CHECK(offered({"wait", "sprint", "--for", ""}) == Words{"empty", "closed", "status=planned",
                                                          "status=active", "status=closed",
                                                          "status=cancelled"});
  CHECK(offered({"wait", "sprint", "S", "--for=status=a"}) == Words{"--for=status=active"});
  CHECK(offered({"wait", "--filter", "is:open", "--for", ""}) == Words{"count=0", "count>0"});
  const Words any = offered({"wait", "--for", ""});
  for (const std::string word : {"exists", "ready", "empty", "closed", "count=0", "status:"})
    CHECK(holds(any, word));
}

TEST_CASE("what wait offers is what it takes") {
  const time::SystemZone zone;
  const filter::Context context{.now = {}, .zone = &zone, .actor = "ann"};
  for (const auto& word : offered({"wait", "sprint", "--for", ""}))
    CHECK_NOTHROW(cli::SprintCondition(word));
  for (const auto& word : offered({"wait", "--filter", "is:open", "--for", ""}))
    CHECK_NOTHROW(cli::CountCondition(word));
  for (const auto& word : cli::TaskCondition::words())
    CHECK_NOTHROW(cli::TaskCondition(std::string(word.text), context));
}

TEST_CASE("the value of a setting is what that setting can be") {
  CHECK(offered({"config", "set", "autostart", ""}) == Words{"true", "false"});
  CHECK(offered({"config", "set", "output", "j"}) == Words{"json"});
  CHECK(offered({"config", "set", "timeout", ""}).empty());
  CHECK(offered({"config", "set", "nosuch", ""}).empty());
}

TEST_CASE("the fields of a schema are those that --fields can pick of it") {
  CHECK(offered({"schema", "task.list", "id,tit"}) == Words{"id,title"});
  CHECK(offered({"schema", "batch", ""}) == Words{"line", "verb", "id"});
  CHECK(offered({"schema", "nosuch", ""}).empty());
}

TEST_CASE("what a hook is told of: types of changes, several, then a filter") {
  const auto behind = [](const std::string& typed) {
    return offered({"hooks", "add", "--on", typed});
  };
  CHECK(behind("sprint.") ==
        Words{"sprint.*", "sprint.created", "sprint.updated", "sprint.deleted", "sprint.progress"});
  CHECK(holds(behind(""), "*"));
  CHECK(holds(behind(""), "status:"));
  CHECK(behind("task.created,task.d") == Words{"task.created,task.deleted"});
  CHECK(behind("task.created sprint.d") == Words{"task.created sprint.deleted"});
  CHECK(behind("task.updated status:d") ==
        Words{"task.updated status:done", "task.updated status:dropped"});
  CHECK(behind("status:done task.c").empty());
}

TEST_CASE("without a daemon nothing is offered of what only a daemon knows, and none is started") {
  const Outside outside;
  CHECK(offered(outside, {"task", "done", ""}).empty());
  CHECK(offered(outside, {"task", "add", "x", "--sprint", ""}).empty());
  CHECK(std::filesystem::is_empty(outside.folder().path()));
}

TEST_CASE("settings that cannot be read are no completion's business") {
  const Outside outside(Outside::Variables{{"TASKMAN_TIMEOUT", "soon"}});
  CHECK(offered(outside, {"task", "done", ""}).empty());
}

TEST_CASE("a running daemon is asked for tasks, sprints, projects, labels and people") {
  const DaemonFixture daemon;
  const auto post = [&](const std::string& path, const std::string& body) {
    const auto reply = daemon.http({.method = "POST",
                                    .target = "/api/v1/" + path,
                                    .headers = {{"Content-Type", "application/json"}},
                                    .body = body});
    REQUIRE(reply.status < 300);
  };
  post("projects", R"({"key":"web","name":"Web shop"})");
  post("sprints", R"({"name":"Sprint 12","project":"web"})");
  post("tasks", R"({"title":"Fix login","labels":["api"],"assignee":"ben"})");
  post("tasks", R"({"title":"Write notes"})");
  post("hooks", R"({"on":"sprint.*","run":"true\tit is"})");
  post("hooks", R"({"on":"label:x","post":"http://127.0.0.1:1/"})");
  const Outside outside(Outside::Variables{{"TASKMAN_URL", "unix:" + daemon.socket().string()}});

  CHECK(said(outside, {"task", "done", "1"}) == "1\tFix login\n");
  CHECK(values_of(said(outside, {"task", "done", "1", ""})) == Words{"2"});
  CHECK(values_of(said(outside, {"task", "show", "#2"})) == Words{"#2"});
  CHECK(values_of(said(outside, {"task", "edit", "2", "--blocked-by", "+1"})) == Words{"+1"});
  CHECK(values_of(said(outside, {"task", "edit", "2", "--label", "-a"})) == Words{"-api"});
  CHECK(values_of(said(outside, {"task", "edit", "2", "--sprint", "spr"})) == Words{"Sprint 12"});
  CHECK(values_of(said(outside, {"task", "edit", "2", "--project="})) == Words{"--project=web"});
  CHECK(values_of(said(outside, {"task", "edit", "2", "--assignee", "b"})) == Words{"ben"});
  CHECK(values_of(said(outside, {"ls", "sprint:Spr"})) == Words{"sprint:\"Sprint 12\""});
  CHECK(values_of(said(outside, {"ls", "label:a"})) == Words{"label:api"});
  CHECK(values_of(said(outside, {"ls", "--sort", "priority,-du"})) == Words{"priority,-due"});
  CHECK(values_of(said(outside, {"watch", "task", "2"})) == Words{"2"});
  CHECK(values_of(said(outside, {"wait", "task", "1", "2"})) == Words{"2"});
  CHECK(values_of(said(outside, {"wait", "sprint", "S"})) == Words{"Sprint 12"});
  CHECK(said(outside, {"hooks", "show", ""}) ==
        "1\tsprint.*: run true\\tit is\n2\tlabel:x: post http://127.0.0.1:1/\n");
  for (const char* verb : {"show", "delete", "pause", "resume", "retry", "dead"})
    CHECK(values_of(said(outside, {"hooks", verb, "2"})) == Words{"2"});
  CHECK(values_of(said(Outside{}, {"task", "done", "--url", "unix:" + daemon.socket().string(),
                                   "2"})) == Words{"2"});
}

}  // namespace taskman::test
