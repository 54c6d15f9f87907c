#pragma once
// The part every live view has: the newest changes and the state of the connection, below a panel.
// Pure.

#include <string>
#include <vector>

#include "cli/render/change_text.hpp"
#include "cli/render/line.hpp"
#include "cli/render/screen.hpp"
#include "common/time/zone.hpp"

namespace taskman::render {

struct Activity {
  std::vector<ChangeLine> changes;   ///< newest first
  Span state;                        ///< `live`, `polling every 5 s`, what is wrong
  const time::Zone* zone = nullptr;  ///< not null: times are shown as the clock on the wall
  util::Instant now;                 ///< a change of another day is shown with its day
};

/// Makes `lines` exactly as high as the terminal: the panel, without its blank lines where there is
/// little room, then as many changes as fit, the state in the last row.
void add_activity(std::vector<Line>& lines, const Activity& activity, Size size);

}  // namespace taskman::render
