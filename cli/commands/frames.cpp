#include "cli/commands/frames.hpp"

#include <algorithm>
#include <variant>

#include "cli/commands/detail.hpp"
#include "cli/render/change_text.hpp"
#include "cli/render/line.hpp"
#include "common/time/text.hpp"
#include "common/util/text.hpp"
#include "common/wire/log.hpp"

namespace taskman::cli {
namespace {

using Item = wire::Frame::Item;
using model::ChangeType;

bool is_about(const Item& item, std::string_view kind) {
  return model::name(item.type).starts_with(kind);
}

bool is_of_tasks(const Item& item, const std::vector<model::TaskId>& tasks) {
  const auto* id = std::get_if<std::int64_t>(&item.id);
  return id != nullptr && is_about(item, "task.") &&
         std::ranges::find(tasks, model::TaskId{*id}) != tasks.end();
}

/// Surely not of the sprint.
bool is_elsewhere(const Item& item, model::SprintId sprint) {
  const auto number = std::to_string(sprint.value);
  if (!is_about(item, "task.")) {
    const auto* id = std::get_if<std::int64_t>(&item.id);
    return id == nullptr || !is_about(item, "sprint.") || *id != sprint.value;
  }
  bool is_told = item.type == ChangeType::kTaskCreated || item.type == ChangeType::kTaskDeleted;
  for (const auto* members : {&item.set, &item.was}) {
    for (const auto& [field, json] : *members) {
      if (field != "sprint") continue;
      if (json == number) return false;
      is_told = true;
    }
  }
  return is_told;
}

}  // namespace

wire::Frame about(wire::Frame frame, const Scope& scope) {
  if (!scope.tasks.empty())
    std::erase_if(frame.changes, [&](const Item& item) { return !is_of_tasks(item, scope.tasks); });
  if (scope.sprint)
    std::erase_if(frame.changes,
                  [&](const Item& item) { return is_elsewhere(item, *scope.sprint); });
  return frame;
}

std::string frame_text(Session& session, const wire::Frame& frame, const render::Names& names) {
  std::string text;
  for (const auto& line : render::describe(frame, names)) {
    if (session.mode() == Mode::kTabs) {
      text += time::to_rfc3339(line.at) + "\t" + line.actor + "\t" + line.thing + "\t" +
              util::escape_for_terminal(line.text) + "\n";
      continue;
    }
    text += render::paint({{when_text(session, line.at), render::Tone::kDim},
                           {"  " + line.actor + "  ", render::Tone::kAccent},
                           {line.thing, render::Tone::kBold},
                           {"  " + line.text}},
                          std::string::npos, session.colour()) +
            "\n";
  }
  return text;
}

}  // namespace taskman::cli
