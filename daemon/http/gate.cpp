#include "daemon/http/gate.hpp"

#include <openssl/crypto.h>

#include <algorithm>

#include "common/error/error.hpp"
#include "common/util/text.hpp"

namespace taskman::http {
namespace {

using error::Code;
using error::Error;

std::string_view field(const Head& head, std::string_view name) {
  for (const auto& [key, value] : head.fields) {
    if (key == name) return value;
  }
  return {};
}

std::string shown(std::string_view text) { return "'" + util::escape_for_terminal(text) + "'"; }

}  // namespace

Gate::Gate(std::string token, std::uint16_t port)
    : token_(std::move(token)),
      hosts_{"127.0.0.1:" + std::to_string(port), "localhost:" + std::to_string(port),
             "[::1]:" + std::to_string(port)} {}

void Gate::check(const Head& head) const {
  check_host(head);
  check_origin(head);
  check_token(head);
}

void Gate::check_host(const Head& head) const {
  const auto host = field(head, "host");
  const bool ours = std::ranges::any_of(
      hosts_, [&](const std::string& each) { return util::equals_ignoring_case(each, host); });
  if (ours) return;
  throw Error(Code::kMisdirected, "host " + shown(host) + " is not served here",
              "the address is " + hosts_.front());
}

// Fetch metadata is sent by browsers only, Origin by nearly nobody else.
void Gate::check_origin(const Head& head) const {
  const auto origin = field(head, "origin");
  const bool same = origin.empty() || std::ranges::any_of(hosts_, [&](const std::string& each) {
                      return util::equals_ignoring_case("http://" + each, origin);
                    });
  const auto site = field(head, "sec-fetch-site");
  if (same && (site.empty() || site == "same-origin" || site == "none")) return;
  throw Error(Code::kForbidden,
              "a page of " + (same ? "another site" : shown(origin)) + " may not ask here");
}

void Gate::check_token(const Head& head) const {
  constexpr std::string_view kScheme = "bearer ";
  const auto given = field(head, "authorization");
  const bool bearer = util::equals_ignoring_case(given.substr(0, kScheme.size()), kScheme);
  const auto token = util::trim(bearer ? given.substr(kScheme.size()) : std::string_view());
  if (token.size() == token_.size() &&
      CRYPTO_memcmp(token.data(), token_.data(), token.size()) == 0) {
    return;
  }
  throw Error(Code::kUnauthorised, given.empty() ? "a token is needed" : "the token is not valid",
              "send Authorization: Bearer with what is in the file beside the daemon's socket");
}

}  // namespace taskman::http
