#include "common/wire/schema.hpp"

#include <array>

#include "cli/commands/print.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/fields.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kArgs{
    Arg{.name = "KIND",
        .arity = Arity::kOptional,
        .complete = Complete::kSchema,
        .help = "of an answer, `task.list`, or of a thing in it, `Task`; without: all of them"},
    Arg{.name = "FIELDS",
        .arity = Arity::kOptional,
        .complete = Complete::kSchemaField,
        .help = "of what --fields with the same fields leaves of it"},
};
constexpr std::array kExamples{
    Example{"taskman schema task.list", "of what `taskman task list --json` prints"},
    Example{"taskman schema task.list id,title",
            "of what `taskman task list --json --fields id,title` prints"},
    Example{"taskman schema Frame", "of a line of `taskman events`"},
    Example{"taskman schema Error", "of failures with --json, on stderr"},
    Example{"taskman schema -q", "the names"},
};

std::string named(std::string_view name, const std::string& schema) {
  return wire::object_of({{"name", wire::quote(name)}, {"schema", schema}});
}

wire::Envelope every_schema() {
  Items items;
  for (const auto name : wire::schema_names())
    items.push_back(named(name, wire::find_schema(name).value()));
  const auto count = static_cast<std::int64_t>(items.size());
  return {.kind = "schema.list",
          .data = wire::array_of(items),
          .page = wire::PageInfo{.returned = count, .total = count}};
}

[[noreturn]] void refuse(const std::string& kind) {
  const auto near = util::suggest(kind, wire::schema_names());
  throw error::Error(
      error::Code::kInvalidValue, "unknown schema '" + util::escape_for_terminal(kind) + "'",
      (near ? "did you mean " + std::string(*near) + "? " : "") + "all names: taskman schema -q");
}

std::optional<std::string> schema_of(const std::string& kind,
                                     const std::optional<std::string>& fields) {
  if (!fields || !wire::find_schema(kind)) return wire::find_schema(kind);
  const auto known = wire::picked_fields(kind);
  if (!known.empty()) return wire::find_picked_schema(kind, render::parse_fields(*fields, known));
  throw error::Error(error::Code::kInvalidValue,
                     "FIELDS: " + kind + " is of what is sent, which --fields picks nothing of",
                     "leave the fields out");
}

int run(Session& session, const Invocation& invocation) {
  const auto kind = invocation.first("KIND");
  if (!kind) return print_content(session, every_schema(), wire::all_schemas() + "\n");
  const auto schema = schema_of(*kind, invocation.first("FIELDS"));
  if (!schema) refuse(*kind);
  return print_content(session, {.kind = "schema", .data = named(*kind, *schema)}, *schema + "\n");
}

}  // namespace

extern const Command kSchema;
constinit const Command kSchema{
    .noun = "",
    .verb = "schema",
    .summary = "print the JSON Schema of what --json prints and the API takes",
    .description =
        "JSON Schema 2020-12: one document, with --json in the envelope of all answers. Starts "
        "nothing, asks nobody.",
    .args = kArgs,
    .examples = kExamples,
    .answers = schema_kind,
    .needs = Needs::kNothing,
    .run = run};

}  // namespace taskman::cli
