#pragma once
// A lost race is told with what the other side changed; or both changes stand, when they are of
// different fields. T is a Task, a Sprint or a Project.

#include <set>
#include <string_view>

#include "daemon/service/work.hpp"

namespace taskman::service {

/// Throws kStaleVersion when the caller saw another version: both versions, and the fields that
/// changed since, with who did it; or another thing, by its ETag. Nothing when the caller named
/// none.
template <typename T>
void check_version(Work& work, const T& thing);

/// A change of a thing: how it stands, and how the caller wants it.
template <typename T>
struct Wish {
  const T& now;
  const T& wanted;
  /// Lists to which the caller only adds and from which it only removes: these commute.
  std::set<std::string_view> commuting{};
};

/// Whether a change of the caller may be made although others changed the thing since the version
/// the caller saw.
bool may_merge(const Work& work);

/// For a caller that may merge: throws kStaleVersion when a field that the caller changes was
/// changed by others since to something else, with its base, theirs and yours; and when the log
/// does not reach back to the caller's version. Else leaves a notice of what it was merged with.
template <typename T>
void check_merge(Work& work, const Wish<T>& wish);

/// The same of the status alone, before the life cycle is asked: what it says of a state that
/// others made since would mean nothing to the caller. Nothing for a caller that may not merge.
void check_merge_of_status(Work& work, const model::Task& now, model::Status wanted);

}  // namespace taskman::service
