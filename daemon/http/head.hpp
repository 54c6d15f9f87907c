#pragma once
// The head of a request (RFC 9112), looked at before anything else sees it: what frames the message
// is decided here, once and strictly, so that no two readers can disagree on where it ends.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "common/error/error.hpp"
#include "daemon/http/limits.hpp"

namespace taskman::http {

/// A request that is answered before it is complete; the connection ends with it.
struct Refusal {
  error::Code code = error::Code::kMalformedRequest;
  std::string message;
  std::string hint;
};

/// A head within the limits. Owns its text.
struct Head {
  std::string method;
  std::string target;  ///< origin form, undecoded: `/path?query`
  /// Names in lower case, values without outer blanks; without the headers we do not honour.
  std::vector<std::pair<std::string, std::string>> fields;
  std::size_t content_length = 0;
  /// Nothing follows this head (RFC 9112 6.3), though its method is one that usually has a body:
  /// what comes behind it is a body that cannot be delimited, or a request we must not guess at.
  bool lacks_length = false;
  bool keep_alive = true;
  bool http_1_0 = false;
  bool expects_continue = false;

  /// The target's path, undecoded.
  std::string_view path() const { return std::string_view(target).substr(0, target.find('?')); }
};

/// Finds the end of a head that arrives in pieces, and refuses early what can only become wrong.
/// Looks at every byte once.
class HeadFinder {
 public:
  explicit HeadFinder(const Limits& limits) : limits_(&limits) {}

  /// `buffer` is all bytes of the head so far. The length of the head with its blank line; none
  /// while it is incomplete.
  std::variant<std::optional<std::size_t>, Refusal> find(std::string_view buffer);

 private:
  std::optional<Refusal> check_line(std::string_view buffer, std::size_t newline);
  std::optional<Refusal> check_size(std::string_view buffer) const;

  const Limits* limits_;
  std::size_t scanned_ = 0;
  std::size_t line_start_ = 0;
  std::size_t lines_ = 0;
};

/// Of a request that must have a body, or announces one, and says no length of it.
Refusal length_required(std::string_view method);

/// Takes a complete head apart. `text` ends with the blank line.
std::variant<Head, Refusal> parse_head(std::string_view text, const Limits& limits);

}  // namespace taskman::http
