#include "daemon/http/head.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "common/util/text.hpp"

namespace taskman::http {
namespace {

using error::Code;
using std::string_view;

constexpr std::array<string_view, 7> kMethods{"GET",   "HEAD",   "POST",   "PUT",
                                              "PATCH", "DELETE", "OPTIONS"};

// What we do not honour is not handed on, so that nothing behind us can honour it by mistake: a
// range multiplies answers, and the parser behind us stores the peer's address under names a client
// could send.
constexpr std::array<string_view, 7> kDropped{"range",       "if-range",    "accept-encoding",
                                              "remote_addr", "remote_port", "local_addr",
                                              "local_port"};

// What says who asks. Of two a proxy might have looked at the one and we at the other.
constexpr std::array<string_view, 2> kOnce{"authorization", "origin"};

template <std::size_t N>
bool contains(const std::array<string_view, N>& set, string_view word) {
  return std::ranges::find(set, word) != set.end();
}

bool is_token_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         string_view("!#$%&'*+-.^_`|~").find(c) != string_view::npos;
}

bool is_token(string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_token_character);
}

bool is_value(string_view text) {
  return std::ranges::none_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7f;
  });
}

string_view trim_blanks(string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string shown(string_view text) { return util::escape_for_terminal(text.substr(0, 60)); }

Refusal malformed(std::string message) { return {Code::kMalformedRequest, std::move(message), {}}; }

/// Reads one head; every step answers what is wrong, or none.
class HeadParser {
 public:
  explicit HeadParser(const Limits& limits) : limits_(limits) {}

  std::variant<Head, Refusal> parse(string_view text) {
    auto line_end = text.find("\r\n");
    auto refusal = request_line(text.substr(0, line_end));
    while (!refusal) {
      text.remove_prefix(line_end + 2);
      line_end = text.find("\r\n");
      if (line_end == 0 || line_end == string_view::npos) break;
      refusal = field(text.substr(0, line_end));
    }
    if (!refusal) refusal = framing();
    if (!authority_.empty()) settle_host();
    if (refusal) return *std::move(refusal);
    return std::move(head_);
  }

 private:
  std::optional<Refusal> request_line(string_view line) {
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == string_view::npos || first == last)
      return malformed("request line has not three words");
    head_.method = line.substr(0, first);
    if (!is_token(head_.method))
      return malformed(fmt::format("method '{}' is no token", shown(head_.method)));
    if (auto refusal = version(line.substr(last + 1))) return refusal;
    if (!contains(kMethods, head_.method)) {
      return Refusal{Code::kNotImplemented,
                     fmt::format("method {} is not known here", shown(head_.method)),
                     {}};
    }
    return target(line.substr(first + 1, last - first - 1));
  }

  std::optional<Refusal> version(string_view text) {
    head_.http_1_0 = text == "HTTP/1.0";
    head_.keep_alive = !head_.http_1_0;
    if (head_.http_1_0 || text == "HTTP/1.1") return std::nullopt;
    if (!text.starts_with("HTTP/"))
      return malformed(fmt::format("'{}' is no HTTP version", shown(text)));
    return Refusal{Code::kVersionUnsupported,
                   fmt::format("version {} is not spoken here", shown(text)), "use HTTP/1.1"};
  }

  std::optional<Refusal> target(string_view text) {
    if (text.size() > limits_.target_bytes)
      return too_long("target", text.size(), limits_.target_bytes);
    const bool visible =
        std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f && c != '#'; });
    if (!visible)
      return malformed(fmt::format("target '{}' has characters that belong encoded", shown(text)));
    if (text.starts_with("http://")) {  // absolute form: RFC 9112 3.2.2 has every server accept it
      text.remove_prefix(7);
      authority_ = text.substr(0, text.find_first_of("/?"));
      if (authority_.empty() || !is_authority(authority_))
        return malformed("malformed host of the target");
      text = text.size() == authority_.size() ? "/" : text.substr(authority_.size());
    }
    if (!text.starts_with('/') && !(text == "*" && head_.method == "OPTIONS")) {
      return malformed(fmt::format("target '{}' is no path", shown(text)));
    }
    head_.target = text;
    const auto path_bytes = head_.path().size();
    if (path_bytes > limits_.path_bytes) return too_long("path", path_bytes, limits_.path_bytes);
    return std::nullopt;
  }

  static std::optional<Refusal> too_long(string_view what, std::size_t bytes, std::size_t limit) {
    return Refusal{
        Code::kTargetTooLong, fmt::format("{} of {} bytes, at most {}", what, bytes, limit), {}};
  }

  std::optional<Refusal> field(string_view line) {
    const auto colon = line.find(':');
    if (colon == string_view::npos || !is_token(line.substr(0, colon))) {
      return malformed(
          fmt::format("header line '{}' has no name", shown(line)));  // folded lines too
    }
    std::string name = util::to_lower(line.substr(0, colon));
    const string_view value = trim_blanks(line.substr(colon + 1));
    if (!is_value(value)) return malformed(fmt::format("header {} has control characters", name));
    if (auto refusal = note(name, value)) return refusal;
    if (!contains(kDropped, name)) head_.fields.emplace_back(std::move(name), value);
    return std::nullopt;
  }

  std::optional<Refusal> note(string_view name, string_view value) {
    if (name == "host") return host(value);
    if (contains(kOnce, name) && has(name))
      return malformed(fmt::format("more than one {} header", name));
    if (name == "content-length") return content_length(value);
    if (name == "transfer-encoding") transfer_encoding_ = true;
    if (name == "connection") connection(value);
    if (name == "expect") return expect(value);
    if (name == "content-encoding" && !util::equals_ignoring_case(value, "identity")) {
      return unsupported(fmt::format("content encoding '{}' is not accepted", shown(value)),
                         "send the body as it is");
    }
    if (name == "content-type" && util::to_lower(value.substr(0, 10)) == "multipart/") {
      return unsupported("multipart bodies are not accepted", "send application/json");
    }
    return std::nullopt;
  }

  static Refusal unsupported(std::string message, std::string hint) {
    return {Code::kUnsupportedMedia, std::move(message), std::move(hint)};
  }

  std::optional<Refusal> host(string_view value) {
    if (has_host_) return malformed("more than one Host header");
    if (!is_authority(value)) return malformed("malformed Host header");
    has_host_ = true;
    return std::nullopt;
  }

  static bool is_authority(string_view text) {
    return text.find_first_of(" \t,/@") == string_view::npos;
  }

  bool has(string_view name) const {
    return std::ranges::any_of(head_.fields, [&](const auto& each) { return each.first == name; });
  }

  /// RFC 9112 3.2.2: the host of an absolute target counts, and the header's does not.
  void settle_host() {
    std::erase_if(head_.fields, [](const auto& each) { return each.first == "host"; });
    head_.fields.emplace_back("host", authority_);
  }

  std::optional<Refusal> content_length(string_view value) {
    if (has_length_) return malformed("more than one Content-Length header");
    has_length_ = true;
    const bool digits =
        !value.empty() && std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
    if (!digits) return malformed(fmt::format("content length '{}' is no number", shown(value)));
    const auto [end, wrong] =
        std::from_chars(value.data(), value.data() + value.size(), head_.content_length);
    if (wrong != std::errc{} || end != value.data() + value.size()) head_.content_length = SIZE_MAX;
    return std::nullopt;
  }

  void connection(string_view value) {
    while (!value.empty()) {
      const auto comma = std::min(value.find(','), value.size());
      const string_view option = trim_blanks(value.substr(0, comma));
      if (util::equals_ignoring_case(option, "close")) asked_close_ = true;
      if (util::equals_ignoring_case(option, "keep-alive")) head_.keep_alive = true;
      value.remove_prefix(std::min(comma + 1, value.size()));
    }
  }

  std::optional<Refusal> expect(string_view value) {
    if (!util::equals_ignoring_case(value, "100-continue")) {
      return malformed(fmt::format("expectation '{}' cannot be met", shown(value)));
    }
    head_.expects_continue = !head_.http_1_0;
    return std::nullopt;
  }

  std::optional<Refusal> framing() {
    if (transfer_encoding_ && has_length_)
      return malformed("Content-Length together with Transfer-Encoding");
    if (transfer_encoding_) {
      return Refusal{Code::kNotImplemented, "transfer encodings are not implemented",
                     "send a Content-Length"};
    }
    if (!has_host_ && !head_.http_1_0) return malformed("no Host header");
    const std::size_t limit = limits_.body_limit(head_.path());
    if (head_.content_length > limit) {
      return Refusal{
          Code::kPayloadTooLarge, fmt::format("the body is larger than {} bytes", limit), {}};
    }
    // A body without a length would be read as the next request: there is none on this connection
    // then.
    head_.lacks_length = head_.method.starts_with('P') && !has_length_;
    if (head_.lacks_length && head_.expects_continue) return length_required(head_.method);
    if (asked_close_ || head_.lacks_length) head_.keep_alive = false;
    return std::nullopt;
  }

  const Limits& limits_;
  Head head_;
  std::string authority_;  ///< of an absolute target
  bool has_host_ = false;
  bool has_length_ = false;
  bool transfer_encoding_ = false;
  bool asked_close_ = false;
};

}  // namespace

std::variant<std::optional<std::size_t>, Refusal> HeadFinder::find(std::string_view buffer) {
  while (true) {
    const auto newline = buffer.find('\n', scanned_);
    if (newline == string_view::npos) break;
    if (auto refusal = check_line(buffer, newline)) return *std::move(refusal);
    scanned_ = newline + 1;
    if (newline == line_start_ + 1) return scanned_;
    line_start_ = scanned_;
    ++lines_;
  }
  scanned_ = buffer.size();
  if (auto refusal = check_size(buffer)) return *std::move(refusal);
  return std::nullopt;
}

std::optional<Refusal> HeadFinder::check_line(std::string_view buffer, std::size_t newline) {
  // The size first: what is said must not depend on how much of the line has come.
  if (auto refusal = check_size(buffer.substr(0, newline))) return refusal;
  if (newline == 0 || buffer[newline - 1] != '\r') return malformed("a line does not end in CR LF");
  if (lines_ > limits_->headers && newline != line_start_ + 1) {
    return Refusal{Code::kHeadTooLarge, fmt::format("more than {} headers", limits_->headers), {}};
  }
  return std::nullopt;
}

std::optional<Refusal> HeadFinder::check_size(std::string_view buffer) const {
  // A method and a version are shorter than 64 bytes together.
  if (lines_ == 0 && buffer.size() > limits_->target_bytes + 64) {
    return Refusal{Code::kTargetTooLong,
                   fmt::format("target longer than {} bytes", limits_->target_bytes),
                   {}};
  }
  if (buffer.size() <= limits_->head_bytes) return std::nullopt;
  return Refusal{
      Code::kHeadTooLarge, fmt::format("head longer than {} bytes", limits_->head_bytes), {}};
}

Refusal length_required(string_view method) {
  return {Code::kLengthRequired, fmt::format("{} with a body of unknown length", method),
          "send a Content-Length"};
}

std::variant<Head, Refusal> parse_head(std::string_view text, const Limits& limits) {
  return HeadParser(limits).parse(text);
}

}  // namespace taskman::http
