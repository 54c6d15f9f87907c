#include "common/wire/undo.hpp"

#include <array>

#include "common/wire/by_columns.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/rows.hpp"
#include "common/wire/slice.hpp"

namespace taskman::wire {
namespace {

constexpr std::array kCommand{
    row<UndoCommand, &UndoCommand::rev>("rev"),
    row<UndoCommand, &UndoCommand::redo>("redo"),
};

constexpr std::array kReport{
    column<UndoReport, &UndoReport::verb>("verb"),
    column<UndoReport, &UndoReport::rev>("rev"),
    column<UndoReport, &UndoReport::of>("of"),
    column<UndoReport, &UndoReport::original>("original"),
    column<UndoReport, &UndoReport::at>("at"),
    column<UndoReport, &UndoReport::what>("what"),
};
constexpr std::string_view kChanges = "changes";

constexpr std::array kItem{
    column<UndoItem, &UndoItem::rev>("rev"),
    column<UndoItem, &UndoItem::at>("at"),
    column<UndoItem, &UndoItem::actor>("actor"),
    column<UndoItem, &UndoItem::what>("what"),
    column<UndoItem, &UndoItem::state>("state"),
    column<UndoItem, &UndoItem::undone_by>("undone_by"),
    column<UndoItem, &UndoItem::undoable>("undoable"),
    column<UndoItem, &UndoItem::reason>("reason"),
};

}  // namespace

UndoCommand decode_undo(std::string_view json) {
  return decode_input<UndoCommand>(json, kCommand, "undo");
}

std::string encode(const UndoCommand& command) {
  std::string out;
  Object object(out);
  object.maybe("rev", command.rev);
  if (command.redo) object("redo", true);
  object.close();
  return out;
}

std::string encode(const UndoReport& report) {
  std::string out = encode_by(kReport, report);
  out.back() = ',';
  ((out += '"') += kChanges) += "\":";
  (out += report.changes.value_or("null")) += '}';
  return out;
}

UndoReport decode_undo_report(std::string_view json) {
  // Sliced: the changes of a large one are no document to build.
  Members members = members_of(json);
  UndoReport report;
  for (const auto& [name, value] : members) {
    if (name == kChanges && value != "null") report.changes = value;
  }
  std::erase_if(members, [](const auto& member) { return member.first == kChanges; });
  const auto changes = std::move(report.changes);
  report = decode_by(kReport, object_of(members), "undo");
  report.changes = changes;
  return report;
}

std::string encode(const UndoItem& item) { return encode_by(kItem, item); }
UndoItem decode_undo_item(std::string_view json) { return decode_by(kItem, json, "undo"); }

}  // namespace taskman::wire
