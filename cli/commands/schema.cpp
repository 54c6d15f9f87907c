#include "common/wire/schema.hpp"

#include <array>

#include "cli/session/session.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kArgs{
    Arg{.name = "KIND",
        .arity = Arity::kOptional,
        .complete = Complete::kSchema,
        .help = "of an answer, `task.list`, or of a thing in it, `Task`; without: all of them"},
};
constexpr std::array kExamples{
    Example{"taskman schema task.list", "of what `taskman task list --json` prints"},
    Example{"taskman schema Frame", "of a line of `taskman events`"},
    Example{"taskman schema Error", "of failures with --json, on stderr"},
    Example{"taskman schema -q", "the names"},
};

std::string names_text() {
  std::string text;
  for (const auto name : wire::schema_names()) text.append(name).append("\n");
  return text;
}

[[noreturn]] void refuse(const std::string& kind) {
  const auto near = util::suggest(kind, wire::schema_names());
  throw error::Error(
      error::Code::kInvalidValue, "unknown schema '" + util::escape_for_terminal(kind) + "'",
      (near ? "did you mean " + std::string(*near) + "? " : "") + "all names: taskman schema -q");
}

int run(Session& session, const Invocation& invocation) {
  const auto kind = invocation.first("KIND");
  if (!kind) {
    session.print(session.mode() == Mode::kIds ? names_text() : wire::all_schemas() + "\n");
    return 0;
  }
  const auto schema = wire::find_schema(*kind);
  if (!schema) refuse(*kind);
  session.print(session.mode() == Mode::kIds ? *kind + "\n" : *schema + "\n");
  return 0;
}

}  // namespace

extern const Command kSchema;
constinit const Command kSchema{
    .noun = "",
    .verb = "schema",
    .summary = "print the JSON Schema of what --json prints and the API takes",
    .description = "JSON Schema 2020-12. Starts nothing, asks nobody.",
    .args = kArgs,
    .examples = kExamples,
    .needs = Needs::kNothing,
    .run = run};

}  // namespace taskman::cli
