#pragma once
// The one exception type of both programs, and the one table that gives every error its
// problem slug (RFC 9457 `type`), HTTP status, exit code and whether a retry can help.

#include <exception>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace taskman::error {

/// What went wrong, in one word. Adding one means adding its row in error.cpp.
enum class Code {
  kInternal,
  kUsage,             ///< the command line itself is wrong
  kInvalidValue,      ///< a value is malformed or outside its range
  kMalformedRequest,  ///< not the HTTP or JSON that was expected
  kUnsupportedMedia,
  kUpgradeRequired,  ///< another protocol has to be spoken
  kNotAcceptable,    ///< nothing the client accepts can be sent
  kPayloadTooLarge,
  kNotFound,
  kMethodNotAllowed,
  kTargetTooLong,
  kHeadTooLarge,
  kNotImplemented,      ///< a part of HTTP this server does without
  kVersionUnsupported,  ///< of HTTP
  kLengthRequired,      ///< a body whose end nobody said
  kRequestTimeout,      ///< the request did not arrive whole in time
  kConflict,            ///< the state of the thing forbids it
  kStaleVersion,        ///< If-Match named another version
  kRevisionAhead,       ///< min_rev named a revision that is not there
  kKeyReused,           ///< the idempotency key was used with another body
  kClaimed,             ///< claimed by another
  kCycle,               ///< a dependency would close a circle
  kCursorGone,          ///< the cursor is pruned, ahead or diverged
  kMisdirected,         ///< for another host
  kUnauthorised,
  kForbidden,
  kUnreachable,  ///< no daemon answers
  kStorageUnavailable,
  kDiskFull,
  kOutcomeUnknown,  ///< COMMIT failed; a retry with the same key tells
  kOverloaded,
  kImpossible,  ///< the awaited condition can no longer come true
  kNothing,     ///< nothing to do, nothing matched
  kTimeout,
};

struct Row {
  Code code;
  std::string_view slug;  ///< `disk_full`: the wire's `code` and the tail of the problem's type URI
  std::string_view title;  ///< short, the same for every occurrence
  int http_status;
  int exit_code;
  bool retryable;
};

/// Every error, in the order of Code. Thread-safe, constant.
std::span<const Row> table();

/// The row of `code`; every code has one.
const Row& row(Code code);

/// The row whose slug is `slug`, or none.
std::optional<Row> find_by_slug(std::string_view slug);

/// What a field was when the caller looked, what others made of it since, and what the caller
/// wants: JSON texts.
struct Rivals {
  std::string base;
  std::string theirs;
  std::string yours;
  bool operator==(const Rivals&) const = default;
};

/// One wrong field of an input: its wire name and what is wrong with it.
struct Field {
  std::string name;
  std::string message;
  std::optional<Rivals> rivals{};  ///< of a field that two changed
  bool operator==(const Field&) const = default;
};

/// Thrown by every layer; caught once per request (router) and once per command (cli/app).
class Error : public std::exception {
 public:
  /// `message` names the thing and the value, lower case, no full stop; `hint` is the way out.
  Error(Code code, std::string message, std::string hint = {}, std::vector<Field> fields = {});

  Code code() const noexcept { return code_; }
  const std::string& message() const noexcept { return message_; }
  const std::string& hint() const noexcept { return hint_; }
  const std::vector<Field>& fields() const noexcept { return fields_; }
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  Code code_;
  std::string message_;
  std::string hint_;
  std::vector<Field> fields_;
};

}  // namespace taskman::error
