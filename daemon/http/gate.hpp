#pragma once
// Who is let in by TCP: whoever can read the token. A browser's page that cannot is kept out,
// whatever it makes the browser send.

#include <cstdint>
#include <string>
#include <vector>

#include "daemon/http/head.hpp"

namespace taskman::http {

/// Constant, thread-safe.
class Gate {
 public:
  /// `token`: what `Authorization: Bearer` has to carry. `port`: of the loopback address.
  Gate(std::string token, std::uint16_t port);

  /// Throws kMisdirected for a Host that is not ours (DNS rebinding), kForbidden for a page of
  /// another origin, kUnauthorised without the token.
  void check(const Head& head) const;

 private:
  void check_host(const Head& head) const;
  void check_origin(const Head& head) const;
  void check_token(const Head& head) const;

  const std::string token_;
  const std::vector<std::string> hosts_;
};

}  // namespace taskman::http
