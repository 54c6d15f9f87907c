#pragma once
// Files of other programs as import records (common/wire/import.hpp). Pure: text in, records out;
// who reads the file and sends the records is the command. One row per format in formats.cpp.

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/time/zone.hpp"
#include "common/util/instant.hpp"
#include "common/wire/import.hpp"

namespace taskman::transfer {

/// What days and "already" mean to the caller.
struct Context {
  const time::Zone& zone;
  util::Instant now;
};

/// A record, or why there is none, and where in the file it begins (line, from 1). A record of the
/// file may give several: its project, itself, its comments.
struct Parsed {
  std::int64_t line = 0;
  std::int64_t number = 0;  ///< of the file's record, from 1; a file may hold them all in one line
  std::optional<wire::ImportRecord> record;
  std::string problem;
};

/// Collects what a parser finds, in the order of the file. One per parse.
class Findings {
 public:
  void add(std::int64_t line, wire::ImportRecord record);
  void refuse(std::int64_t line, std::string problem);
  /// Runs `parse`; what it throws becomes the problem of `line`.
  void attempt(std::int64_t line, const std::function<void()>& parse);

  std::vector<Parsed> take() { return std::move(all_); }

 private:
  std::vector<Parsed> all_;
  std::int64_t number_ = 0;
};

/// The values of `--from`, in the order of the documentation.
inline constexpr std::array<std::string_view, 5> kFormatNames{"taskwarrior", "github", "todotxt",
                                                              "csv", "jsonl"};

struct Format {
  std::string_view name;     ///< of kFormatNames
  std::string_view meaning;  ///< where such a file comes from
  void (*parse)(std::string_view text, const Context& context, Findings& findings);
};

/// In the order of kFormatNames. Thread-safe, constant.
std::span<const Format> formats();

/// Throws kInvalidValue naming the formats when `name` is none of them.
std::vector<Parsed> parse_file(std::string_view format, std::string_view text,
                               const Context& context);

/// Where a record begins in the file.
struct Place {
  std::int64_t line = 0;
  std::int64_t number = 0;
  bool operator==(const Place&) const = default;
};

/// The body of POST /api/v1/import, the file's place of each of its lines, and what is left out.
struct Request {
  std::string body;
  std::vector<Place> places;  ///< places[i]: where line i + 1 of the body came from
  std::vector<Parsed> problems;
};
Request to_request(std::vector<Parsed> parsed);

void parse_taskwarrior(std::string_view text, const Context& context, Findings& findings);
void parse_github(std::string_view text, const Context& context, Findings& findings);
void parse_todotxt(std::string_view text, const Context& context, Findings& findings);
void parse_csv(std::string_view text, const Context& context, Findings& findings);
void parse_jsonl(std::string_view text, const Context& context, Findings& findings);

}  // namespace taskman::transfer
