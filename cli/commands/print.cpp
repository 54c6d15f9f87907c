#include "cli/commands/print.hpp"

#include <algorithm>

#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/fields.hpp"

namespace taskman::cli {
namespace {

using error::Code;
using error::Error;
using render::Fields;

Fields columns_of(const Kind& kind) { return render::parse_fields(kind.columns, kind.known()); }

Fields chosen_fields(const Invocation& invocation, const Kind& kind) {
  const auto list = invocation.value("fields");
  return list ? render::parse_fields(*list, kind.known()) : columns_of(kind);
}

/// For programs and templates: an item a line.
void print_items(Session& session, const Invocation& invocation, const Items& items,
                 const Kind& kind) {
  const bool tabs = session.mode() == Mode::kTabs || session.mode() == Mode::kHuman;
  const Fields fields =
      session.mode() == Mode::kIds ? Fields{std::string(kind.id)} : chosen_fields(invocation, kind);
  if (session.mode() == Mode::kCsv) session.print(render::csv_head(fields));
  for (const auto& item : items) {
    session.print(tabs || session.mode() == Mode::kIds ? render::tab_line(item, fields)
                                                       : render::csv_line(item, fields));
  }
}

void print_by_template(Session& session, const Invocation& invocation, const Items& items,
                       const Kind& kind) {
  const render::Template form(*invocation.value("format"), kind.known());
  const auto reader = session.terminal().out_is_terminal() ? render::Template::For::kTerminal
                                                           : render::Template::For::kProgram;
  for (const auto& item : items) session.print(form.line(item, reader));
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
  const auto table = invocation.has("fields") ? plain_table(items, chosen_fields(invocation, kind))
                                              : kind.table(session, items);
  session.print(render::to_text(table, session.terminal().columns(), session.colour()));
}

wire::Envelope narrowed(wire::Envelope envelope, const Invocation& invocation, const Kind& kind) {
  if (!invocation.has("fields")) return envelope;
  const Fields fields = chosen_fields(invocation, kind);
  if (!envelope.data.starts_with('[')) {
    envelope.data = wire::select_fields(envelope.data, fields);
    return envelope;
  }
  Items items = wire::split_array(envelope.data);
  for (auto& item : items) item = wire::select_fields(item, fields);
  envelope.data = wire::array_of(items);
  return envelope;
}

Items items_of(const wire::Envelope& envelope) {
  if (envelope.data.starts_with('[')) return wire::split_array(envelope.data);
  return {envelope.data};
}

void print_any(Session& session, const Invocation& invocation, const wire::Envelope& envelope,
               const Kind& kind) {
  switch (session.mode()) {
    case Mode::kJson:
      return session.print(wire::encode(narrowed(envelope, invocation, kind)) + "\n");
    case Mode::kTemplate:
      return print_by_template(session, invocation, items_of(envelope), kind);
    default:
      return print_items(session, invocation, items_of(envelope), kind);
  }
}

struct SortKey {
  std::string field;
  bool descending;
};

std::vector<SortKey> sort_keys(const Invocation& invocation, const Fields& known) {
  std::vector<SortKey> keys;
  const auto list = invocation.value("sort");
  std::string_view rest = list ? std::string_view(*list) : std::string_view{};
  while (!rest.empty()) {
    const auto comma = std::min(rest.find(','), rest.size());
    auto word = util::trim(rest.substr(0, comma));
    const bool descending = word.starts_with('-');
    if (descending) word.remove_prefix(1);
    if (std::ranges::find(known, word) == known.end()) {
      throw Error(Code::kInvalidValue,
                  "--sort: unknown field '" + util::escape_for_terminal(word) + "'",
                  "known: " + util::join(known, ", "));
    }
    keys.push_back({std::string(word), descending});
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return keys;
}

/// What has no value comes last in either direction, as it does in lists of tasks.
int compare(const std::string& a, const std::string& b, bool descending) {
  if (a.empty() || b.empty()) return static_cast<int>(a.empty()) - static_cast<int>(b.empty());
  if (descending) return compare(b, a, false);
  const auto left = util::parse_integer(a);
  const auto right = util::parse_integer(b);
  if (left && right) return *left < *right ? -1 : *left > *right;
  return a.compare(b);
}

}  // namespace

void check_fields(const Invocation& invocation, const Kind& kind) {
  if (const auto list = invocation.value("fields")) render::parse_fields(*list, kind.known());
  if (const auto text = invocation.value("format")) render::Template(*text, kind.known());
}

std::optional<std::int64_t> limit_of(const Invocation& invocation) {
  const auto text = invocation.value("limit");
  if (!text) return std::nullopt;
  const auto limit = util::parse_integer(*text);
  if (!limit || *limit < 1) {
    throw Error(Code::kInvalidValue,
                "--limit: '" + util::escape_for_terminal(*text) + "' is not a number from 1 up");
  }
  return *limit;
}

wire::Envelope arranged(const Invocation& invocation, wire::Envelope envelope, const Kind& kind) {
  const auto keys = sort_keys(invocation, kind.known());
  const auto limit = limit_of(invocation);
  if (keys.empty() && !limit) return envelope;
  Items items = wire::split_array(envelope.data);
  const auto total = static_cast<std::int64_t>(items.size());
  std::ranges::stable_sort(items, [&](const std::string& a, const std::string& b) {
    for (const auto& [field, descending] : keys) {
      const int order = compare(wire::field_text(a, field).value_or(""),
                                wire::field_text(b, field).value_or(""), descending);
      if (order != 0) return order < 0;
    }
    return false;
  });
  if (limit && *limit < total) {
    items.resize(static_cast<std::size_t>(*limit));
    if (envelope.page) envelope.page->returned = *limit;
  }
  envelope.data = wire::array_of(items);
  return envelope;
}

int print_list(Session& session, const Invocation& invocation, wire::Envelope envelope,
               const Kind& kind) {
  const bool empty = envelope.data == "[]";
  if (session.mode() == Mode::kHuman) {
    print_table(session, invocation, items_of(envelope), kind);
    if (empty && !invocation.has("fail-on-empty")) session.notice("no " + std::string(kind.plural));
  } else {
    print_any(session, invocation, envelope, kind);
  }
  say_notices(session, envelope);
  if (!empty || !invocation.has("fail-on-empty")) return 0;
  throw Error(Code::kNothing, "no " + std::string(kind.plural));
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

bool is_sentence(const Session& session, const Invocation& invocation) {
  return (session.mode() == Mode::kHuman || session.mode() == Mode::kTabs) &&
         !invocation.has("fields");
}

int print_written(Session& session, const Invocation& invocation, const wire::Envelope& envelope,
                  const Kind& kind, std::string_view said) {
  if (is_sentence(session, invocation)) {
    for (const auto& item : items_of(envelope)) {
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

int print_document(Session& session, std::string_view kind, const std::string& data,
                   const std::string& text) {
  if (session.mode() == Mode::kJson) {
    session.print(wire::encode(wire::Envelope{.kind = std::string(kind), .data = data}) + "\n");
  } else {
    session.print(text);
  }
  return 0;
}

}  // namespace taskman::cli
