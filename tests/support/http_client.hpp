#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/util/fd.hpp"
#include "support/process.hpp"

namespace taskman::test {

struct HttpRequest {
  std::string method = "GET";
  std::string target = "/";
  std::vector<std::pair<std::string, std::string>>
      headers{};  ///< Host and Content-Length are added
  std::string body{};
};

struct HttpReply {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  /// The first value under that name, in any case; empty if there is none.
  std::string header(std::string_view name) const;
};

/// Status line and headers; `head` ends with its blank line or before it. Throws when it is none.
HttpReply parse_head(std::string_view head);

/// One connection that says exactly the bytes it is told to. It does not share
/// code with the product's client, so that a mistake there cannot hide itself. Throws on every
/// deadline.
class HttpClient {
 public:
  explicit HttpClient(const std::filesystem::path& socket);
  /// By TCP, to a port of the loopback interface.
  explicit HttpClient(std::uint16_t port);

  /// One exchange on the open connection (keep-alive).
  HttpReply request(const HttpRequest& request, std::chrono::milliseconds deadline = kPatience);

  void send(std::string_view bytes);
  void half_close();

  /// Status line and headers; the body is left unread (streams).
  HttpReply read_head(std::chrono::milliseconds deadline = kPatience);
  /// Head and body, by Content-Length, by chunks, or to the end.
  HttpReply read_reply(std::chrono::milliseconds deadline = kPatience);
  /// The next line without its line end.
  std::string read_line(std::chrono::milliseconds deadline = kPatience);
  /// Everything until the other side closes.
  std::string read_to_end(std::chrono::milliseconds deadline = kPatience);
  std::string read_exactly(std::size_t count, std::chrono::milliseconds deadline = kPatience);

  int descriptor() const { return fd_.get(); }

 private:
  bool fill(std::chrono::milliseconds deadline);
  std::string take(std::size_t count);
  void read_chunks(std::string& into, std::chrono::milliseconds deadline);

  util::Fd fd_;
  std::string buffer_;
};

/// One request on a connection of its own.
HttpReply http(const std::filesystem::path& socket, const HttpRequest& request);

}  // namespace taskman::test
