#pragma once
// What the log told of a thing, put onto the thing again, by the tables of columns.

#include <optional>
#include <string>
#include <vector>

#include "common/model/sprint.hpp"
#include "common/model/task.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/log.hpp"

namespace taskman::wire {

/// Gives `to` these fields; names it has no column for are skipped.
void apply(model::Task& to, const Members& fields);
void apply(model::Sprint& to, const Members& fields);
void apply(model::Project& to, const Members& fields);

/// The names of `fields` whose values `thing` does not have (any more). What the daemon derives is
/// not looked at.
std::vector<std::string> fields_unlike(const model::Task& thing, const Members& fields);
std::vector<std::string> fields_unlike(const model::Sprint& thing, const Members& fields);
std::vector<std::string> fields_unlike(const model::Project& thing, const Members& fields);

/// Kept by the daemon itself: `ready`, `updated_at`.
bool is_derived_field(std::string_view name);

/// The lease that a change gave a task; none when it gave none.
std::optional<model::Lease> lease_of(const Frame::Item& item);
/// The lease that a change took from a task or put another in the place of; none when it did not.
std::optional<model::Lease> lease_before(const Frame::Item& item);

/// The comments a change tells: the one that came or went, or those that went with their task.
std::vector<model::Comment> comments_of(const Frame::Item& item);

}  // namespace taskman::wire
