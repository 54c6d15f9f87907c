#include "daemon/service/hook_words.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "common/error/error.hpp"
#include "common/util/text.hpp"

namespace taskman::service {
namespace {

using error::Code;
using error::Error;

constexpr std::size_t kMaxCommand = 4096;
constexpr std::size_t kMaxUrl = 2000;
constexpr std::size_t kLeastSecret = 16;
constexpr std::size_t kMaxSecret = 256;

bool is_type_character(char c) {
  return (c >= 'a' && c <= 'z') || c == '_' || c == '.' || c == '*' || c == ',';
}

/// No term of a filter has a dot before its colon, so what has one was meant as a type.
bool looks_like_types(std::string_view word) {
  return word.find('.') != std::string_view::npos && std::ranges::all_of(word, is_type_character);
}

[[noreturn]] void refuse(std::string_view field, std::string message, std::string hint) {
  throw Error(Code::kInvalidValue, std::move(message), std::move(hint),
              {{std::string(field), "not valid"}});
}

void check_command(const std::string& line) {
  if (util::is_blank(line)) refuse("run", "the command is empty", "give a line for sh -c");
  if (line.size() > kMaxCommand)
    refuse("run", fmt::format("the command has {} bytes", line.size()),
           fmt::format("at most {}: put it into a script", kMaxCommand));
  const auto control = util::is_utf8(line) ? util::find_control(line, "\n\t") : "invalid UTF-8";
  if (control)
    refuse("run", fmt::format("the command contains {}", *control), "put it into a script");
}

/// What stands behind the host: nothing, or a port, as curl takes it.
void check_port(const std::string& url, std::string_view authority) {
  const auto bracket = authority.find(']');
  const auto colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  if (colon == std::string_view::npos || colon + 1 == authority.size()) return;
  const auto digits = authority.substr(colon + 1);
  const bool is_number = digits.find_first_not_of("0123456789") == std::string_view::npos;
  const auto port = is_number ? util::parse_integer(digits) : std::nullopt;
  if (port && *port >= 1 && *port <= 65535) return;
  refuse("post", fmt::format("'{}' has the port '{}', which is not from 1 to 65535", url, digits),
         "give the port its receiver listens on");
}

void check_url(const std::string& url) {
  const std::string shown = util::escape_for_terminal(url);
  const bool is_http = url.starts_with("http://") || url.starts_with("https://");
  if (!is_http || url.size() > kMaxUrl)
    refuse("post", fmt::format("cannot post to '{}'", shown), "give an http:// or https:// URL");
  const bool is_plain = std::ranges::all_of(url, [](char c) { return c > ' ' && c < '\x7f'; });
  if (!is_plain) refuse("post", fmt::format("'{}' is not a URL", shown), "percent-encode the rest");
  const std::string_view rest = std::string_view(url).substr(url.find("//") + 2);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  if (authority.empty() || authority.starts_with(':'))
    refuse("post", fmt::format("'{}' names no host", shown), "give an http:// or https:// URL");
  if (authority.find('@') != std::string_view::npos)
    refuse("post", "a URL with a password is shown to everybody who lists hooks",
           "leave it out, and check the signature instead");
  check_port(url, authority);
}

void check_secret(const std::string& secret) {
  const bool is_plain = std::ranges::all_of(secret, [](char c) { return c > ' ' && c < '\x7f'; });
  if (is_plain && secret.size() >= kLeastSecret && secret.size() <= kMaxSecret) return;
  refuse(
      "secret", "the secret is not valid",
      fmt::format("a secret is {} to {} visible ASCII characters; without one it is made for you",
                  kLeastSecret, kMaxSecret));
}

}  // namespace

HookWords split_hook_words(std::string_view on) {
  HookWords words;
  on = util::trim(on);
  if (on == "*") return words;
  while (!on.empty()) {
    const auto end = std::min(on.find(' '), on.size());
    if (!looks_like_types(on.substr(0, end))) break;
    if (!words.types.empty()) words.types += ',';
    words.types += on.substr(0, end);
    on = util::trim(on.substr(end));
  }
  words.filter = on;
  return words;
}

void check_hook(const wire::NewHook& hook) {
  if (hook.run) check_command(*hook.run);
  if (hook.post) check_url(*hook.post);
  if (!hook.secret) return;
  if (hook.run) refuse("secret", "a command is sent no signature", "leave the secret out");
  check_secret(*hook.secret);
}

}  // namespace taskman::service
