#pragma once
// What a caller sends about leases: strict, as commands.hpp. Empty text is `{}`.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace taskman::wire {

/// `{"lease":"30m"?}`; a number is seconds. Of claim and of renew.
struct Claim {
  std::optional<std::chrono::milliseconds> lease;  ///< none: the usual one
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

/// `{"if_claimed"?:bool}`.
struct Release {
  bool if_claimed = false;  ///< only while the caller holds the task
};
Release decode_release(std::string_view json);

std::string encode(const Claim& claim);
std::string encode(const ClaimNext& claim);
std::string encode(const Release& release);

}  // namespace taskman::wire
