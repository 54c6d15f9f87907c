#include "daemon/http/answer.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <utility>

#include "common/util/text.hpp"
#include "common/wire/paths.hpp"

namespace taskman::http {
namespace {

constexpr std::array<std::pair<int, std::string_view>, 33> kReasons{{
    {101, "Switching Protocols"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {426, "Upgrade Required"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
    {507, "Insufficient Storage"},
}};

constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

void append_field(std::string& head, std::string_view name, std::string_view value) {
  head += name;
  head += ": ";
  const bool clean =
      std::ranges::none_of(value, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (clean) {
    head += value;
  } else {
    std::ranges::copy_if(value, std::back_inserter(head),
                         [](char c) { return static_cast<unsigned char>(c) >= 0x20; });
  }
  head += "\r\n";
}

bool has_header(const Reply& reply, std::string_view name) {
  return std::ranges::any_of(reply.headers, [&](const auto& header) {
    return util::equals_ignoring_case(header.first, name);
  });
}

/// RFC 9110 8.6: 101, 204 and 304 carry no length of their own, and a stream has none.
bool has_content(const Reply& reply) {
  return reply.status >= 200 && reply.status != 204 && reply.status != 304;
}

std::string fixed_fields(const Identity& identity) {
  std::string fields;
  append_field(fields, wire::kVersionHeader, identity.version);
  append_field(fields, wire::kProtocolHeader, identity.protocol);
  append_field(fields, wire::kStoreHeader, identity.store);
  append_field(fields, "X-Content-Type-Options", "nosniff");
  return fields;
}

}  // namespace

std::string_view reason(int status) {
  const auto found = std::ranges::find(kReasons, status, &std::pair<int, std::string_view>::first);
  return found == kReasons.end() ? std::string_view{} : found->second;
}

AnswerWriter::AnswerWriter(const Identity& identity, const time::Clock& clock)
    : clock_(clock), fixed_(fixed_fields(identity)) {}

std::string AnswerWriter::write_head(const Reply& reply, Persistence persistence) const {
  std::string head;
  head.reserve(512);
  fmt::format_to(std::back_inserter(head), "HTTP/1.1 {} {}\r\n", reply.status,
                 reason(reply.status));
  append_field(head, "Date", date());
  head += fixed_;
  if (!has_header(reply, "Cache-Control")) append_field(head, "Cache-Control", "no-store");
  if (persistence == Persistence::kClose) append_field(head, "Connection", "close");
  if (persistence == Persistence::kKeepAliveSaid) append_field(head, "Connection", "keep-alive");
  if (persistence == Persistence::kUpgrade) append_field(head, "Connection", "Upgrade");
  if (has_content(reply)) {
    if (reply.stream || !reply.body.empty()) append_field(head, "Content-Type", reply.content_type);
    if (!reply.stream)
      fmt::format_to(std::back_inserter(head), "Content-Length: {}\r\n", reply.body.size());
  }
  for (const auto& [name, value] : reply.headers) append_field(head, name, value);
  return head += "\r\n";
}

std::string AnswerWriter::date() const {
  // RFC 9110 5.6.7: Mon, 23 Nov 2026 10:00:00 GMT
  const auto now = std::chrono::floor<std::chrono::seconds>(clock_.now());
  const auto day = std::chrono::floor<std::chrono::days>(now);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(now - day);
  return fmt::format(
      "{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kDays[std::chrono::weekday(day).c_encoding()],
      static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
      static_cast<int>(date.year()), time.hours().count(), time.minutes().count(),
      time.seconds().count());
}

}  // namespace taskman::http
