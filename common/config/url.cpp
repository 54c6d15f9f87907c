#include "common/config/url.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "common/error/error.hpp"
#include "common/util/text.hpp"

namespace taskman::config {
namespace {

struct SchemeWord {
  std::string_view name;
  Url::Scheme scheme;
  std::uint16_t port;  ///< 0: a file, not a host
};

constexpr std::array kSchemes{
    SchemeWord{"unix", Url::Scheme::kUnix, 0}, SchemeWord{"sqlite", Url::Scheme::kSqlite, 0},
    SchemeWord{"http", Url::Scheme::kHttp, 80}, SchemeWord{"https", Url::Scheme::kHttps, 443}};

[[noreturn]] void refuse(std::string_view text, std::string_view why) {
  throw error::Error(error::Code::kInvalidValue,
                     fmt::format("url '{}' {}", util::escape_for_terminal(text), why),
                     "write unix:/path/to/socket or sqlite:/path/to/file.db");
}

std::string read_path(std::string_view text, std::string_view rest) {
  // `unix:///run/x` is how a URL library writes it.
  if (rest.starts_with("///")) rest.remove_prefix(2);
  if (rest.starts_with("//")) refuse(text, "names a host, and a file has none");
  if (rest.empty()) refuse(text, "names no file");
  return std::string(rest);
}

std::uint16_t read_port(std::string_view text, std::string_view digits) {
  const auto port = util::parse_integer(digits);
  if (!port || *port < 1 || *port > std::numeric_limits<std::uint16_t>::max()) {
    refuse(text, fmt::format("has the port '{}', which is not from 1 to 65535", digits));
  }
  return static_cast<std::uint16_t>(*port);
}

bool is_host(std::string_view host) {
  const auto fits = [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':';
  };
  return !host.empty() && std::ranges::all_of(host, fits);
}

/// Takes `host`, `host:port`, `[::1]` or `[::1]:port` apart.
void read_authority(Url& url, std::string_view text, std::string_view authority) {
  std::string_view after;
  if (authority.starts_with('[')) {
    const auto end = authority.find(']');
    if (end == authority.npos) refuse(text, "has a '[' without ']'");
    url.host = util::to_lower(authority.substr(1, end - 1));
    after = authority.substr(end + 1);
  } else {
    const auto colon = std::min(authority.find(':'), authority.size());
    url.host = util::to_lower(authority.substr(0, colon));
    after = authority.substr(colon);
  }
  if (!is_host(url.host)) refuse(text, "has no valid host");
  if (after.empty()) return;
  if (!after.starts_with(':')) refuse(text, "has something between host and port");
  url.port = read_port(text, after.substr(1));
}

void read_server(Url& url, std::string_view text, std::string_view rest) {
  if (!rest.starts_with("//")) refuse(text, "lacks the // before the host");
  rest.remove_prefix(2);
  if (rest.find_first_of("@?#") != rest.npos) refuse(text, "has a user, query or fragment");
  const auto slash = std::min(rest.find('/'), rest.size());
  read_authority(url, text, rest.substr(0, slash));
  url.path = rest.substr(slash);
  while (url.path.ends_with('/')) url.path.pop_back();
}

}  // namespace

Url parse_url(std::string_view text) {
  if (!util::is_utf8(text) || util::find_control(text)) refuse(text, "has unprintable characters");
  const auto colon = text.find(':');
  const std::string name = util::to_lower(text.substr(0, std::min(colon, text.size())));
  const auto word = std::ranges::find(kSchemes, name, &SchemeWord::name);
  if (colon == text.npos || word == kSchemes.end()) refuse(text, "has no known scheme");
  Url url{.scheme = word->scheme, .path = {}, .host = {}, .port = word->port};
  const std::string_view rest = text.substr(colon + 1);
  if (word->port == 0) {
    url.path = read_path(text, rest);
  } else {
    if (rest.find(' ') != rest.npos) refuse(text, "has a space");
    read_server(url, text, rest);
  }
  return url;
}

std::string to_text(const Url& url) {
  const SchemeWord& word = kSchemes[static_cast<std::size_t>(url.scheme)];
  if (word.port == 0) return fmt::format("{}:{}", word.name, url.path);
  const bool six = url.host.find(':') != std::string::npos;
  const std::string host = six ? fmt::format("[{}]", url.host) : url.host;
  const std::string port = url.port == word.port ? "" : fmt::format(":{}", url.port);
  return fmt::format("{}://{}{}{}", word.name, host, port, url.path);
}

}  // namespace taskman::config
