#include "cli/app/help.hpp"

#include "cli/app/layout.hpp"
#include "cli/app/topics.hpp"
#include "cli/commands/all.hpp"
#include "cli/session/shared_flags.hpp"

namespace taskman::app {
namespace {

using cli::Arg;
using cli::Arity;
using cli::Command;
using cli::Flag;

std::string arg_text(const Arg& arg) {
  const std::string name(arg.name);
  switch (arg.arity) {
    case Arity::kOne:
      return name;
    case Arity::kOptional:
      return "[" + name + "]";
    case Arity::kSome:
      return name + "…";
    case Arity::kAny:
      return "[" + name + "…]";
    case Arity::kBehind:
      return "-- " + name + "…";
  }
  return name;
}

Rows flag_rows(std::span<const Flag> flags) {
  Rows rows;
  for (const auto& flag : flags) {
    std::string says(flag.help);
    if (!flag.choices.empty()) {
      says += ": ";
      for (const auto choice : flag.choices)
        says.append(choice == flag.choices.front() ? "" : ", ").append(choice);
    }
    if (flag.repeat == cli::Repeat::kOften) says += " (repeatable)";
    rows.emplace_back(flag_text(flag), says);
  }
  return rows;
}

Rows arg_rows(const Command& command) {
  Rows rows;
  for (const auto& arg : command.args) rows.emplace_back(arg_text(arg), arg.help);
  return rows;
}

std::string examples(std::span<const cli::Example> rows) {
  std::string out;
  for (const auto& example : rows) {
    out.append(out.empty() ? "\nexamples\n" : "");
    out.append("  ").append(example.line).append("\n");
    if (!example.says.empty()) out.append("      ").append(wrapped(example.says, 6)).append("\n");
  }
  return out;
}

std::string sentence(std::string_view summary) { return std::string(summary) + "\n"; }

}  // namespace

std::string usage_line(const Command& command) {
  std::string text = "taskman " + cli::full_name(command);
  std::string behind;
  for (const auto& arg : command.args)
    (arg.arity == Arity::kBehind ? behind : text) += " " + arg_text(arg);
  return text + " [flags]" + behind;
}

std::string help_text(const Command& command) {
  std::string text = sentence(command.summary) + "\nusage: " + usage_line(command) + "\n";
  if (!command.shorthand.empty()) {
    text.append("short: taskman ")
        .append(command.shorthand)
        .append(usage_line(command).substr(8 + cli::full_name(command).size()))
        .append("\n");
  }
  if (!command.description.empty())
    text.append("\n").append(wrapped(command.description, 0)).append("\n");
  text += table("arguments", arg_rows(command));
  text += table("flags", flag_rows(command.flags));
  text += table("shared flags", flag_rows(cli::shared_flags_of(command)));
  return text + examples(command.examples);
}

std::string help_text(std::string_view noun) {
  Rows rows;
  std::string text;
  std::string shown;
  for (const auto& each : cli::nouns()) {
    if (each.name == noun) text = sentence(each.summary);
  }
  for (const auto* row : cli::all()) {
    if (row->noun != noun) continue;
    rows.emplace_back(
        usage_line(*row).substr(9 + noun.size(), usage_line(*row).size() - 17 - noun.size()),
        row->summary);
    if (!row->examples.empty()) shown.append("  ").append(row->examples.front().line).append("\n");
  }
  text.append("\nusage: taskman ").append(noun).append(" COMMAND [flags]\n");
  text += table("commands", rows);
  text.append("\nexamples\n").append(shown);
  return text.append("\nmore: taskman ").append(noun).append(" COMMAND --help\n");
}

std::string help_text() {
  Rows nouns;
  for (const auto& noun : cli::nouns()) nouns.emplace_back(noun.name, noun.summary);
  Rows verbs;
  Rows shorthands;
  for (const auto* row : cli::all()) {
    if (row->noun.empty()) verbs.emplace_back(row->verb, row->summary);
    if (!row->shorthand.empty())
      shorthands.emplace_back(row->shorthand, "the same as taskman " + cli::full_name(*row));
  }
  Rows about;
  for (const auto& topic : topics()) about.emplace_back(topic.name, topic.summary);
  return "taskman: tasks and sprints for developers and CI\n\nusage: taskman COMMAND [flags]\n" +
         table("things", nouns) + table("commands", verbs) + table("shorthands", shorthands) +
         table("topics: taskman help TOPIC", about) +
         "\nexamples\n"
         "  taskman task add \"Fix login\" -p p1\n"
         "  taskman task done 42\n"
         "  taskman watch sprint\n"
         "\nmore: taskman task --help, taskman task add --help, man taskman\n";
}

}  // namespace taskman::app
