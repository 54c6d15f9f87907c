#include "daemon/http/parser.hpp"

#include <httplib.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

#include "common/error/error.hpp"

// The classes of the shared library are larger by members that these three switch on; compiled
// without them a program links, and overwrites memory (pkg-config --cflags cpp-httplib says them).
#if !defined(CPPHTTPLIB_OPENSSL_SUPPORT) || !defined(CPPHTTPLIB_ZLIB_SUPPORT) || \
    !defined(CPPHTTPLIB_BROTLI_SUPPORT)
#error "compile with the flags of: pkg-config --cflags cpp-httplib"
#endif

namespace taskman::http {
namespace {

/// Text to read from; what is written goes nowhere. The later versions of the library know more
/// virtual functions than the first, and lack one of it: therefore no `override`.
class MemoryStream final : public httplib::Stream {
 public:
  explicit MemoryStream(std::string_view text) : rest_(text) {}

  ssize_t read(char* to, std::size_t size) {
    const std::size_t count = rest_.copy(to, size);
    rest_.remove_prefix(count);
    return static_cast<ssize_t>(count);
  }
  using Stream::write;
  ssize_t write(const char*, std::size_t size) { return static_cast<ssize_t>(size); }

  bool is_readable() const { return !rest_.empty(); }
  bool wait_readable() const { return !rest_.empty(); }
  bool is_writable() const { return true; }
  bool wait_writable() const { return true; }
  void get_remote_ip_and_port(std::string&, int&) const {}
  void get_local_ip_and_port(std::string&, int&) const {}
  socket_t socket() const { return 0; }
  time_t duration() const { return 0; }

 private:
  std::string_view rest_;
};

/// A target as the library takes it: it refuses a second `?`, which RFC 3986 allows inside a query,
/// and of `a=b=c` it would keep only the `c`.
std::string for_library(std::string_view target) {
  std::string text(target.substr(0, target.find('?')));
  target.remove_prefix(text.size());
  bool in_value = false;
  for (std::size_t i = 0; i < target.size(); ++i) {
    const char c = target[i];
    if (c == '?' && i > 0) {
      text += "%3F";
    } else if (c == '=' && in_value) {
      text += "%3D";
    } else {
      text += c;
    }
    in_value = c != '&' && (in_value || c == '=');
  }
  return text;
}

/// RFC 9110 5.3: lines of one name are one list. Of a header that is no list two lines make a value
/// that it cannot have, rather than one of which the first counts.
void add_header(Request& request, std::string name, std::string value) {
  const auto [known, is_first] = request.headers.try_emplace(std::move(name), std::move(value));
  if (!is_first) known->second.append(", ").append(value);
}

}  // namespace

/// The library's server, of which only the parser runs.
class RequestParser::Library final : public httplib::Server {
 public:
  Library() {
    set_pre_routing_handler(
        [](const httplib::Request&, httplib::Response&) { return HandlerResponse::Handled; });
  }

  /// False when the text is no request.
  bool parse(std::string_view text, Request& request) {
    bool parsed = false;
    MemoryStream stream(text);
    process(*this, stream, [&](httplib::Request& found) {
      request.method = std::move(found.method);
      request.path = std::move(found.path);
      request.query.insert(found.params.begin(), found.params.end());
      parsed = true;
      found.method = "GET";  // for the answer that nobody reads
    });
    return parsed;
  }

 private:
  // A template, so that the call that the installed version does not have is not compiled.
  template <typename Self, typename Found>
  static void process(Self& self, httplib::Stream& stream, const Found& found) {
    bool closed = false;
    const std::function<void(httplib::Request&)> setup = found;
    if constexpr (requires { self.process_request(stream, true, closed, setup); }) {
      self.process_request(stream, true, closed, setup);
    } else {
      self.process_request(stream, std::string{}, 0, std::string{}, 0, true, closed, setup);
    }
  }
};

RequestParser::RequestParser() : library_(std::make_unique<Library>()) {
  Request probe;
  const bool parsed = library_->parse("PATCH /a%20b?c=d%26 HTTP/1.1\r\n\r\n", probe);
  if (!parsed || probe.method != "PATCH" || probe.path != "/a b" ||
      probe.query.find("c")->second != "d&") {
    throw std::logic_error("cpp-httplib " CPPHTTPLIB_VERSION " does not parse as expected");
  }
}

RequestParser::~RequestParser() = default;

Request RequestParser::parse(Message message) const {
  Head& head = message.head;
  Request request;
  // The headers stay with us: the library percent-decodes their values, so that line ends appear in
  // them.
  const std::string text = head.method + ' ' + for_library(head.target) + " HTTP/1.1\r\n\r\n";
  if (!library_->parse(text, request)) {
    throw error::Error(error::Code::kMalformedRequest, "malformed request target");
  }
  for (auto& [name, value] : head.fields) add_header(request, std::move(name), std::move(value));
  request.http_1_0 = head.http_1_0;
  request.body = std::move(message.body);
  return request;
}

}  // namespace taskman::http
