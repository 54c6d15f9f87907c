#pragma once
// What every answer is wrapped in, the same on the API and under --json; and what failures look
// like.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/error/error.hpp"
#include "common/model/changeset.hpp"

namespace taskman::wire {

inline constexpr int kSchema = 1;

struct PageInfo {
  std::int64_t returned = 0;
  std::int64_t total = 0;
  std::optional<std::string> next;
  bool operator==(const PageInfo&) const = default;
};

struct Envelope {
  std::string kind;  ///< `task`, `task.list`, …
  std::string data;  ///< JSON text
  std::optional<PageInfo> page;
  std::optional<model::Cursor> cursor;
  std::optional<bool> more;           ///< of the log: there is more after `cursor`
  std::optional<std::string> filter;  ///< a default that was applied, `is:open`
  std::vector<std::string> notices;   ///< `already done: 42`; written only when not empty
  bool operator==(const Envelope&) const = default;
};
std::string encode(const Envelope& envelope);
/// An answer taken apart; `data` is its own bytes. Members it does not know are ignored.
Envelope decode_envelope(std::string_view json);

/// `[a,b,…]` of texts that are JSON, and back: the elements' own bytes.
std::string array_of(const std::vector<std::string>& items);
std::vector<std::string> split_array(std::string_view json);

/// `{"error":{code,message,hint,retryable,details}}` of the CLI.
std::string encode_error(const error::Error& failure);
/// What encode_error made, as the same Error.
error::Error decode_error(std::string_view json);
/// RFC 9457 problem of the API; `instance` is the request's id.
std::string encode_problem(const error::Error& failure, std::string_view instance);
/// A problem+json answer back as the same Error; `http_status` helps when the body is not one.
error::Error decode_problem(std::string_view json, int http_status);

}  // namespace taskman::wire
