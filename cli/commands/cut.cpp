#include "cli/commands/cut.hpp"

#include <algorithm>
#include <stdexcept>

#include "cli/session/shared_flags.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/schema.hpp"

namespace taskman::cli {
namespace {

using render::Fields;

Fields columns_of(const Kind& kind) { return render::parse_fields(kind.columns, kind.known()); }

std::string cut_all(const std::string& array, const Fields& fields) {
  Items items = wire::split_array(array);
  for (auto& item : items) item = cut(item, fields);
  return wire::array_of(items);
}

template <typename Known>
void check_against(const Invocation& invocation, Known known) {
  if (const auto list = invocation.value("fields")) render::parse_fields(*list, known());
  if (const auto text = invocation.value("format")) render::Template(*text, nameable(known()));
}

}  // namespace

const Kind& kind_of(const Session& session) {
  const auto& command = session.invocation().command();
  if (command.answers == nullptr)
    throw std::logic_error(full_name(command) + " does not say what it answers with");
  return command.answers();
}

Fields nameable(Fields known) {
  if (std::ranges::find(known, "lease") == known.end()) return known;
  for (const auto& member : wire::schema_fields("Lease")) known.push_back("lease." + member);
  return known;
}

Fields chosen_fields(const Invocation& invocation, const Kind& kind) {
  const auto list = invocation.value("fields");
  return list ? render::parse_fields(*list, kind.known()) : columns_of(kind);
}

std::string cut(const std::string& item, const Fields& fields) {
  const auto members = wire::members_of(item);
  wire::Members kept;
  const auto named = [](const std::string& name) {
    return [&name](const wire::Members::value_type& member) { return member.first == name; };
  };
  for (const auto& name : fields) {
    // Asked for twice it is there once: an object has each name once.
    if (std::ranges::any_of(kept, named(name))) continue;
    const auto found = std::ranges::find_if(members, named(name));
    kept.emplace_back(name, found == members.end() ? "null" : found->second);
  }
  return wire::object_of(kept);
}

std::string narrowed(const std::string& data, const Invocation& invocation, const Kind& kind) {
  if (!invocation.has("fields")) return data;
  const Fields fields = chosen_fields(invocation, kind);
  if (data.starts_with('[')) return cut_all(data, fields);
  if (kind.rows.empty()) return cut(data, fields);
  auto members = wire::members_of(data);
  for (auto& [name, value] : members) {
    if (name == kind.rows) value = cut_all(value, fields);
  }
  return wire::object_of(members);
}

Items items_of(const wire::Envelope& envelope, const Kind& kind) {
  if (envelope.data.starts_with('[')) return wire::split_array(envelope.data);
  if (kind.rows.empty()) return {envelope.data};
  for (const auto& [name, value] : wire::members_of(envelope.data)) {
    if (name == kind.rows) return wire::split_array(value);
  }
  return {};
}

render::Fields known_fields(const Command& command) {
  Fields known;
  for (const auto kind : {command.answers, command.or_answers}) {
    if (kind == nullptr) continue;
    for (auto& name : kind().known()) {
      if (std::ranges::find(known, name) == known.end()) known.push_back(std::move(name));
    }
  }
  return known;
}

void check_fields(const Invocation& invocation) {
  if (invocation.command().answers != nullptr)
    check_against(invocation, [&] { return known_fields(invocation.command()); });
}

void check_fields(const Invocation& invocation, const Kind& kind) {
  check_against(invocation, kind.known);
}

render::Template::For reader_of(const Session& session) {
  return session.terminal().out_is_terminal() ? render::Template::For::kTerminal
                                              : render::Template::For::kProgram;
}

}  // namespace taskman::cli
