#include "common/wire/claims.hpp"

#include <array>

#include "common/wire/read.hpp"
#include "common/wire/rows.hpp"
#include "common/wire/write.hpp"

namespace taskman::wire {
namespace {

constexpr std::array kClaim{
    row<Claim, &Claim::lease>("lease"),
    row<Claim, &Claim::exclusive>("exclusive"),
};
constexpr std::array kClaimNext{
    row<ClaimNext, &ClaimNext::filter>("filter"),
    row<ClaimNext, &ClaimNext::sprints_of>("sprints_of"),
    row<ClaimNext, &ClaimNext::order>("order"),
    row<ClaimNext, &ClaimNext::lease>("lease"),
};
constexpr std::array kRenewal{
    row<Renewal, &Renewal::lease>("lease"),
    row<Renewal, &Renewal::token>("token"),
};
constexpr std::array kRelease{
    row<Release, &Release::fence, &Fence::if_claimed>("if_claimed"),
    row<Release, &Release::fence, &Fence::token>("token"),
};

template <typename T, typename Rows>
T decode(std::string_view json, const Rows& rows, std::string_view what) {
  T command{};
  get_object(parse(json.empty() ? "{}" : json, what), rows, command, Unknown::kRefuse, what);
  return command;
}

}  // namespace

void put_fence(Object& object, const Fence& fence) {
  if (fence.if_claimed) object("if_claimed", true);
  object.maybe("token", fence.token);
}

Claim decode_claim(std::string_view json) { return decode<Claim>(json, kClaim, "claim"); }

ClaimNext decode_claim_next(std::string_view json) {
  return decode<ClaimNext>(json, kClaimNext, "claim");
}

Renewal decode_renewal(std::string_view json) { return decode<Renewal>(json, kRenewal, "renewal"); }

Release decode_release(std::string_view json) { return decode<Release>(json, kRelease, "release"); }

std::string encode(const Claim& claim) {
  std::string out;
  Object object(out);
  object.maybe("lease", claim.lease);
  if (claim.exclusive) object("exclusive", true);
  object.close();
  return out;
}

std::string encode(const ClaimNext& claim) {
  std::string out;
  Object object(out);
  object.maybe("filter", claim.filter).maybe("sprints_of", claim.sprints_of);
  object.maybe("order", claim.order).maybe("lease", claim.lease).close();
  return out;
}

std::string encode(const Renewal& renewal) {
  std::string out;
  Object{out}.maybe("lease", renewal.lease).maybe("token", renewal.token).close();
  return out;
}

std::string encode(const Release& release) {
  std::string out;
  Object object(out);
  put_fence(object, release.fence);
  object.close();
  return out;
}

}  // namespace taskman::wire
