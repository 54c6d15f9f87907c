#include "daemon/service/etags.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <type_traits>

#include "common/util/hash.hpp"
#include "common/util/text.hpp"
#include "common/wire/entities.hpp"

namespace taskman::service {
namespace {

using model::Project;
using model::Sprint;
using model::Task;

constexpr std::string_view kind_of(const Task&) { return "task"; }
constexpr std::string_view kind_of(const Sprint&) { return "sprint"; }
constexpr std::string_view kind_of(const Project&) { return "project"; }

template <typename T>
std::string hash_of(const T& thing) {
  return util::to_hex(util::fnv1a(wire::encode(thing), util::fnv1a(kind_of(thing))));
}

}  // namespace

// The log does not tell updated_at of a change, and what was seen is looked up there
// (versions.cpp). Readiness moves no version: who saw the task wait may change it when it waits no
// more.
template <typename T>
std::string state_of(const T& thing) {
  T bare = thing;
  bare.updated_at = {};
  if constexpr (std::is_same_v<T, Task>) bare.ready = false;
  return fmt::format("{}-{}", thing.version, hash_of(bare));
}
template std::string state_of(const Task& thing);
template std::string state_of(const Sprint& thing);
template std::string state_of(const Project& thing);

template <typename T>
std::string etag_of(const T& thing) {
  return fmt::format("{}-{}", state_of(thing), hash_of(thing));
}
template std::string etag_of(const Task& thing);
template std::string etag_of(const Sprint& thing);
template std::string etag_of(const Project& thing);

std::optional<Seen> parse_seen(std::string_view text) {
  const auto first = std::min(text.find('-'), text.size());
  const auto version = util::parse_integer(text.substr(0, first));
  if (!version || *version < 1) return std::nullopt;
  if (first == text.size()) return Seen{.version = *version, .state = {}};
  return Seen{.version = *version, .state = std::string(text.substr(0, text.find('-', first + 1)))};
}

}  // namespace taskman::service
