#pragma once
// Where a daemon is: `unix:/run/x.sock`, `sqlite:/data/t.db` (a private daemon for that file),
// `http://host:port/prefix`, `https://…`. Pure; thread-safe.

#include <cstdint>
#include <string>
#include <string_view>

namespace taskman::config {

struct Url {
  enum class Scheme { kUnix, kSqlite, kHttp, kHttps };
  Scheme scheme = Scheme::kUnix;
  std::string
      path;  ///< of the socket or database, as given; of a server: the prefix, without a last `/`
  std::string host;        ///< http(s); an IPv6 address without its brackets
  std::uint16_t port = 0;  ///< http(s); 80 and 443 unless given
  bool operator==(const Url&) const = default;
};

/// Throws kInvalidValue naming the text and what is wrong with it.
Url parse_url(std::string_view text);

std::string to_text(const Url& url);

}  // namespace taskman::config
