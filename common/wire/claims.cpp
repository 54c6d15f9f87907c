#include "common/wire/claims.hpp"

#include <array>

#include "common/wire/read.hpp"
#include "common/wire/rows.hpp"
#include "common/wire/write.hpp"

namespace taskman::wire {
namespace {

constexpr std::array kClaim{row<Claim, &Claim::lease>("lease")};
constexpr std::array kClaimNext{
    row<ClaimNext, &ClaimNext::filter>("filter"),
    row<ClaimNext, &ClaimNext::sprints_of>("sprints_of"),
    row<ClaimNext, &ClaimNext::order>("order"),
    row<ClaimNext, &ClaimNext::lease>("lease"),
};
constexpr std::array kRelease{row<Release, &Release::if_claimed>("if_claimed")};

template <typename T, typename Rows>
T decode(std::string_view json, const Rows& rows, std::string_view what) {
  T command{};
  get_object(parse(json.empty() ? "{}" : json, what), rows, command, Unknown::kRefuse, what);
  return command;
}

}  // namespace

Claim decode_claim(std::string_view json) { return decode<Claim>(json, kClaim, "claim"); }

ClaimNext decode_claim_next(std::string_view json) {
  return decode<ClaimNext>(json, kClaimNext, "claim");
}

Release decode_release(std::string_view json) { return decode<Release>(json, kRelease, "release"); }

std::string encode(const Claim& claim) {
  std::string out;
  Object{out}.maybe("lease", claim.lease).close();
  return out;
}

std::string encode(const ClaimNext& claim) {
  std::string out;
  Object object(out);
  object.maybe("filter", claim.filter).maybe("sprints_of", claim.sprints_of);
  object.maybe("order", claim.order).maybe("lease", claim.lease).close();
  return out;
}

std::string encode(const Release& release) {
  std::string out;
  Object object(out);
  if (release.if_claimed) object("if_claimed", true);
  object.close();
  return out;
}

}  // namespace taskman::wire
