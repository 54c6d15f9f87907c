#pragma once
// One connection to the daemon: HTTP/1.1 on a Unix socket, as little of it as our own daemon speaks
// (exact lengths, no chunks) and strict about that. A library would cost a command more than all of
// its work.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/client/deadline.hpp"
#include "common/util/fd.hpp"

namespace taskman::client {

struct HttpRequest {
  std::string_view method = "GET";
  std::string target;  ///< path and query, encoded
  std::vector<std::pair<std::string_view, std::string>> headers;
  std::string body;
};

struct HttpAnswer {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
  std::string body;

  /// Empty when absent. `name` in lower case.
  std::string_view header(std::string_view name) const;
};

/// The other side went away, or what came is no whole answer. The outcome of a request under way is
/// unknown.
struct ConnectionLost {
  std::string reason;
};

/// No byte came in time.
struct OutOfTime {};

/// One thread. Throws ConnectionLost and OutOfTime, and kUnreachable when something else than
/// taskmand answers.
class Connection {
 public:
  /// Connects; none, with `errno` set, when nobody listens. Waits while the backlog is full.
  static std::optional<Connection> open(const std::string& path, const Deadline& deadline);

  void send(const HttpRequest& request, const Deadline& deadline);
  /// Head and body.
  HttpAnswer read_answer(const Deadline& deadline);
  /// Head alone: the body of a stream is read by lines.
  HttpAnswer read_head(const Deadline& deadline);
  /// The body that belongs to the head just read.
  void read_body(HttpAnswer& answer, const Deadline& deadline);
  /// The next line, without its newline, when it is already here or can be read without waiting.
  std::optional<std::string> next_line();

  /// Appends what is here already or can be read without waiting.
  void take_bytes(std::string& into);
  /// Few bytes, as far as the socket takes them without waiting: what cannot be sent is lost.
  void send_at_once(std::string_view bytes);

  int descriptor() const { return fd_.get(); }

 private:
  Connection(util::Fd fd, std::string socket) : fd_(std::move(fd)), socket_(std::move(socket)) {}
  void fill(const Deadline& deadline);
  bool fill_at_once();

  util::Fd fd_;
  std::string socket_;  ///< its path, to name it
  std::string buffer_;
  std::size_t read_ = 0;  ///< of the buffer
};

}  // namespace taskman::client
