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

wire::Frame about(wire::Frame frame, const std::vector<model::TaskId>& tasks) {
  if (tasks.empty()) return frame;
  std::erase_if(frame.changes, [&](const auto& item) {
    const auto* id = std::get_if<std::int64_t>(&item.id);
    return id == nullptr || !model::name(item.type).starts_with("task.") ||
           std::ranges::find(tasks, model::TaskId{*id}) == tasks.end();
  });
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
