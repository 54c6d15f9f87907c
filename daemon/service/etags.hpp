#pragma once
// What ETag and If-Match say of a task, a sprint or a project. T is one of these.

#include <optional>
#include <string>
#include <string_view>

#include "daemon/service/service.hpp"

namespace taskman::service {

/// `<version>-<hash>`: the version, and all a write can give the thing, its kind, its id and when
/// it was made among it. So what has it is the same thing in the same state; another one of that
/// name, or the same one after a restore, has it not. Neither `updated_at` nor what follows other
/// things.
template <typename T>
std::string state_of(const T& thing);

/// The ETag, without quotes: state_of(), and behind it a hash of what the answer tells besides.
template <typename T>
std::string etag_of(const T& thing);

/// An ETag or a bare version, without quotes; none when it is neither.
std::optional<Seen> parse_seen(std::string_view text);

}  // namespace taskman::service
