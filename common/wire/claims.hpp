#pragma once
// What a caller sends about leases: strict, as commands.hpp. Empty text is `{}`.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace taskman::wire {

class Object;

/// What must hold for a write to count: the caller holds the task, under the lease with this token
/// when one is given. Fields `if_claimed` and `token`, of which the second implies the first.
struct Fence {
  bool if_claimed = false;
  std::optional<std::int64_t> token;
  bool is_up() const { return if_claimed || token; }
};
/// Its fields. Internal to common/wire.
void put_fence(Object& object, const Fence& fence);

/// `{"lease":"30m"?,"exclusive"?:bool}`; a number is seconds.
struct Claim {
  std::optional<std::chrono::milliseconds> lease;  ///< none: the usual one
  bool exclusive = false;                          ///< refused also when the caller holds the task
};
Claim decode_claim(std::string_view json);

/// `{"filter"?,"sprints_of"?,"order"?,"lease"?}`.
struct ClaimNext {
  std::optional<std::string> filter;
  std::optional<std::string> sprints_of;  ///< whose sprints its words mean; none: of all projects
  std::optional<std::string> order;       ///< `priority,-due`; none: priority, due, id
  std::optional<std::chrono::milliseconds> lease;
};
ClaimNext decode_claim_next(std::string_view json);

/// `{"lease":"30m"?,"token"?}`.
struct Renewal {
  std::optional<std::chrono::milliseconds> lease;  ///< none: the usual one
  std::optional<std::int64_t> token;               ///< as in Fence
};
Renewal decode_renewal(std::string_view json);

/// `{"if_claimed"?:bool,"token"?}`.
struct Release {
  Fence fence;
};
Release decode_release(std::string_view json);

std::string encode(const Claim& claim);
std::string encode(const ClaimNext& claim);
std::string encode(const Renewal& renewal);
std::string encode(const Release& release);

}  // namespace taskman::wire
