#include "cli/commands/print.hpp"

#include <algorithm>
#include <array>

#include "cli/commands/cut.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/fields.hpp"

namespace taskman::cli {
namespace {

using error::Code;
using error::Error;
using render::Fields;

/// For programs: an item a line.
void print_items(Session& session, const Invocation& invocation, const Items& items,
                 const Kind& kind) {
  const bool ids = session.mode() == Mode::kIds;
  const bool csv = session.mode() == Mode::kCsv;
  const Fields fields = ids ? Fields{std::string(kind.id)} : chosen_fields(invocation, kind);
  if (csv) session.print(render::csv_head(fields));
  for (const auto& item : items) {
    const auto line = csv ? render::csv_line(item, fields) : render::tab_line(item, fields);
    // What has no id, as a daemon that does not run, has no line either.
    if (ids && line == "\n") continue;
    session.print(session.terminal().out_is_terminal() ? util::escape_for_terminal(line, "\r\n\t")
                                                       : line);
  }
}

void print_by_template(Session& session, const Invocation& invocation, const Items& items,
                       const Kind& kind) {
  const render::Template form(*invocation.value("format"), nameable(kind.known()));
  for (const auto& item : items) session.print(form.line(item, reader_of(session)));
}

/// Columns named by --fields, on a terminal.
render::Table plain_table(const Items& items, const Fields& fields) {
  render::Table table;
  for (const auto& field : fields)
    table.columns.push_back({.title = field, .fit = render::Fit::kShrink});
  for (const auto& item : items) {
    auto& row = table.rows.emplace_back();
    for (const auto& field : fields) row.push_back({wire::field_text(item, field).value_or("")});
  }
  return table;
}

void print_table(Session& session, const Invocation& invocation, const Items& items,
                 const Kind& kind) {
  if (items.empty()) return;
  const bool plain = invocation.has("fields") || kind.table == nullptr;
  const auto table =
      plain ? plain_table(items, chosen_fields(invocation, kind)) : kind.table(session, items);
  session.print(render::to_text(table, session.terminal().columns(), session.colour()));
}

void print_any(Session& session, const Invocation& invocation, wire::Envelope envelope,
               const Kind& kind) {
  switch (session.mode()) {
    case Mode::kJson:
      envelope.data = narrowed(envelope.data, invocation, kind);
      return session.print(wire::encode(envelope) + "\n");
    case Mode::kTemplate:
      return print_by_template(session, invocation, items_of(envelope, kind), kind);
    default:
      return print_items(session, invocation, items_of(envelope, kind), kind);
  }
}

}  // namespace

int print_list(Session& session, const Invocation& invocation, wire::Envelope envelope,
               const Kind& kind) {
  const bool empty = envelope.data == "[]";
  if (empty && invocation.has("fail-on-empty"))
    throw Error(Code::kNothing, "no " + std::string(kind.plural));
  if (session.mode() == Mode::kHuman) {
    print_table(session, invocation, items_of(envelope, kind), kind);
    if (empty) session.notice("no " + std::string(kind.plural));
  } else {
    print_any(session, invocation, envelope, kind);
  }
  say_notices(session, envelope);
  return 0;
}

int print_thing(Session& session, const Invocation& invocation, const wire::Envelope& envelope,
                const Kind& kind, HumanText human) {
  const bool chosen = invocation.has("fields");
  if (session.mode() == Mode::kHuman && !chosen) {
    session.print(human(session, envelope.data));
  } else if (session.mode() == Mode::kTabs && !chosen) {
    for (const auto& field : wire::field_names(envelope.data))
      session.print(field + "\t" + render::tab_line(envelope.data, {field}));
  } else {
    print_any(session, invocation, envelope, kind);
  }
  say_notices(session, envelope);
  return 0;
}

bool is_shaped(const Invocation& invocation) {
  constexpr std::array<std::string_view, 5> kShapes{"json", "quiet", "fields", "format", "csv"};
  return std::ranges::any_of(kShapes, [&](const auto flag) { return invocation.has(flag); });
}

bool is_sentence(const Session& session, const Invocation& invocation) {
  return (session.mode() == Mode::kHuman || session.mode() == Mode::kTabs) &&
         !invocation.has("fields");
}

bool prints_field(const Session& session, std::string_view field) {
  const auto& invocation = session.invocation();
  const Kind& kind = kind_of(session);
  const bool is_whole = session.mode() == Mode::kJson && !invocation.has("fields");
  if (is_whole || session.mode() == Mode::kIds) return is_whole || kind.id == field;
  if (session.mode() == Mode::kTemplate)
    return render::Template(*invocation.value("format"), kind.known()).names(field);
  return std::ranges::count(chosen_fields(invocation, kind), field) > 0;
}

int print_written(Session& session, const Invocation& invocation, const wire::Envelope& envelope,
                  const Kind& kind, std::string_view said) {
  if (is_sentence(session, invocation)) {
    for (const auto& item : items_of(envelope, kind)) {
      const std::string title =
          wire::field_text(item, kind.plural == "tasks" ? "title" : "name").value_or("");
      session.print((invocation.has("dry-run") ? "dry run: " : "") + std::string(said) + " " +
                    wire::field_text(item, kind.id).value_or("") + "  " +
                    util::escape_for_terminal(title) + "\n");
    }
  } else {
    print_any(session, invocation, envelope, kind);
  }
  say_notices(session, envelope);
  say_dry_run(session, invocation);
  return 0;
}

void say_notices(Session& session, const wire::Envelope& envelope) {
  if (session.mode() == Mode::kJson) return;
  for (const auto& line : envelope.notices)
    session.notice("taskman: " + util::escape_for_terminal(line));
}

void say_dry_run(Session& session, const Invocation& invocation) {
  if (invocation.has("dry-run")) session.notice("dry run: nothing was changed");
}

int print_document(Session& session, const wire::Envelope& envelope, const std::string& text) {
  const auto& invocation = session.invocation();
  if (is_sentence(session, invocation)) {
    session.print(text);
  } else {
    print_any(session, invocation, envelope, kind_of(session));
  }
  say_notices(session, envelope);
  return 0;
}

int print_document(Session& session, std::string_view kind, const std::string& data,
                   const std::string& text) {
  return print_document(session, {.kind = std::string(kind), .data = data}, text);
}

int print_content(Session& session, const wire::Envelope& envelope, const std::string& text) {
  if (is_shaped(session.invocation())) return print_document(session, envelope, text);
  session.print(text);
  return 0;
}

}  // namespace taskman::cli
