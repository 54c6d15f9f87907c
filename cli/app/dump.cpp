// The command table as JSON.

#include "cli/app/help.hpp"
#include "cli/app/topics.hpp"
#include "cli/commands/all.hpp"
#include "cli/commands/print.hpp"
#include "cli/session/shared_flags.hpp"
#include "common/wire/envelope.hpp"
#include "common/wire/fields.hpp"

namespace taskman::app {
namespace {

using cli::Complete;
using wire::quote;

constexpr std::array<std::string_view, 25> kCompletes{
    "nothing",       "task",     "sprint",       "project",  "label",   "assignee", "actor",
    "status",        "priority", "sprint_state", "filter",   "watched", "awaited",  "condition",
    "hook",          "changes",  "field",        "sort_key", "date",    "file",     "setting",
    "setting_value", "schema",   "schema_field", "choice"};
static_assert(kCompletes.size() == static_cast<std::size_t>(Complete::kChoice) + 1);
constexpr std::array<std::string_view, 5> kArities{"one", "optional", "some", "any", "behind"};
constexpr std::array<std::string_view, 5> kOutputs{"text", "thing", "list", "stream", "none"};

std::string name_of(Complete complete) {
  return quote(kCompletes[static_cast<std::size_t>(complete)]);
}

std::string strings(std::span<const std::string_view> texts) {
  std::vector<std::string> items;
  for (const auto text : texts) items.push_back(quote(text));
  return wire::array_of(items);
}

std::string arg_json(const cli::Arg& arg) {
  return wire::object_of({{"name", quote(arg.name)},
                          {"arity", quote(kArities[static_cast<std::size_t>(arg.arity)])},
                          {"complete", name_of(arg.complete)},
                          {"choices", strings(arg.choices)},
                          {"help", quote(arg.help)}});
}

std::string flag_json(const cli::Flag& flag) {
  return wire::object_of(
      {{"name", quote(flag.name)},
       {"letter", flag.letter == 0 ? "null" : quote(std::string(1, flag.letter))},
       {"value", flag.value.empty() ? "null" : quote(flag.value)},
       {"repeatable", flag.repeat == cli::Repeat::kOften ? "true" : "false"},
       {"complete", name_of(flag.complete)},
       {"choices", strings(flag.choices)},
       {"help", quote(flag.help)}});
}

template <typename Rows, typename Make>
std::string list(const Rows& rows, Make make) {
  std::vector<std::string> items;
  for (const auto& row : rows) items.push_back(make(row));
  return wire::array_of(items);
}

std::string example_json(const cli::Example& example) {
  return wire::object_of({{"line", quote(example.line)}, {"says", quote(example.says)}});
}

std::vector<const cli::Kind*> kinds_of(const cli::Command& command) {
  std::vector<const cli::Kind*> kinds;
  if (command.answers != nullptr) kinds.push_back(&command.answers());
  if (command.or_answers != nullptr) kinds.push_back(&command.or_answers());
  return kinds;
}

/// What --fields can name, and which of them --quiet prints.
std::string kind_json(const cli::Kind* kind) {
  const auto fields = kind->known();
  return wire::object_of({{"id", quote(kind->id)}, {"fields", list(fields, quote)}});
}

std::string command_json(const cli::Command* command) {
  return wire::object_of(
      {{"noun", quote(command->noun)},
       {"verb", quote(command->verb)},
       {"shorthand", command->shorthand.empty() ? "null" : quote(command->shorthand)},
       {"usage", quote(usage_line(*command))},
       {"summary", quote(command->summary)},
       {"description", quote(command->description)},
       {"output", quote(kOutputs[static_cast<std::size_t>(command->output)])},
       {"answers", list(kinds_of(*command), kind_json)},
       {"needs_daemon", command->needs == cli::Needs::kDaemon ? "true" : "false"},
       {"args", list(command->args, arg_json)},
       {"flags", list(command->flags, flag_json)},
       {"shared_flags", list(cli::shared_flags_of(*command),
                             [](const cli::Flag& flag) { return quote(flag.name); })},
       {"examples", list(command->examples, example_json)}});
}

std::string topic_json(const Topic& topic) {
  return wire::object_of({{"name", quote(topic.name)}, {"summary", quote(topic.summary)}});
}

std::string noun_json(const cli::Noun& noun) {
  return wire::object_of({{"name", quote(noun.name)}, {"summary", quote(noun.summary)}});
}

}  // namespace

std::string dump_commands() {
  return wire::object_of({{"nouns", list(cli::nouns(), noun_json)},
                          {"topics", list(topics(), topic_json)},
                          {"shared_flags", list(cli::shared_flags(), flag_json)},
                          {"commands", list(cli::all(), command_json)}});
}

}  // namespace taskman::app
