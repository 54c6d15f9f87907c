#pragma once
// Which entries of the log a reader wants. The one judgement behind polls and every stream.

#include "daemon/feed/entry.hpp"
#include "daemon/feed/subscription.hpp"

namespace taskman::feed {

/// True when `selection` leaves nothing out.
bool is_everything(const Selection& selection);

/// True when one of the entry's changes is of a wanted type AND in the wanted scope (tasks, sprint
/// or project; any of them) AND about a task that matches the filter before or after it. Relative
/// words of the filter were fixed when it was parsed; `is:overdue` means at the instant of the
/// change.
bool selects(const Selection& selection, Entry& entry);

/// Which tasks start or stop to match by the entry: to match is to be in the scope and to pass the
/// filter. Nothing for a selection that has neither.
wire::Crossing crossing(const Selection& selection, Entry& entry);

/// Whether a thing, as it is now, is what the selection is about.
bool is_in_view(const Selection& selection, const model::Task& task);
bool is_in_view(const Selection& selection, const model::Sprint& sprint);
bool is_in_view(const Selection& selection, const model::Project& project);

}  // namespace taskman::feed
