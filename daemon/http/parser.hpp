#pragma once
// cpp-httplib behind a wall: it parses requests that are complete, bounded and unambiguous, in
// memory. It never sees a socket.

#include <memory>
#include <string_view>

#include "daemon/http/message_reader.hpp"
#include "daemon/http/request.hpp"

namespace taskman::http {

/// One for all connections; thread-safe.
class RequestParser {
 public:
  /// Throws std::logic_error when the library is not the one this program was compiled for.
  RequestParser();
  ~RequestParser();
  RequestParser(const RequestParser&) = delete;
  RequestParser& operator=(const RequestParser&) = delete;

  /// Method, path, query, headers and body of `message`; id, captures and peer stay empty.
  /// Throws Error kMalformedRequest.
  Request parse(Message message) const;

 private:
  class Library;
  std::unique_ptr<Library> library_;
};

}  // namespace taskman::http
