#pragma once
// A lost race is told with what the other side changed; or both changes stand, when they are of
// different fields.

#include <set>
#include <string_view>

#include "daemon/service/work.hpp"

namespace taskman::service {

/// Throws kStaleVersion when the caller saw another version: both versions, and of a task the
/// fields that changed since. Nothing when the caller named none.
void check_version(Work& work, const model::Task& task);
void check_version(Work& work, const model::Sprint& sprint);
void check_version(Work& work, const model::Project& project);

/// A change of a task: how it stands, and how the caller wants it.
struct Wish {
  const model::Task& now;
  const model::Task& wanted;
  /// Lists to which the caller only adds and from which it only removes: these commute.
  std::set<std::string_view> commuting{};
};

/// Whether a change of the caller may be made although others changed the task since the version
/// the caller saw.
bool may_merge(const Work& work);

/// For a caller that may merge: throws kStaleVersion when a field that the caller changes was
/// changed by others since to something else, with its base, theirs and yours; and when the log
/// does not reach back to the caller's version. Else leaves a notice of what it was merged with.
void check_merge(Work& work, const Wish& wish);

}  // namespace taskman::service
