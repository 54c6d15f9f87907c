#pragma once
// Values of flags turned into the model's types. Each throws kInvalidValue naming the flag, the
// value and what is known.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cli/session/session.hpp"
#include "common/model/sprint.hpp"
#include "common/model/task.hpp"

namespace taskman::cli {

model::Status parse_status(std::string_view word);
model::Priority parse_priority(std::string_view word);
std::int64_t parse_number(std::string_view flag, std::string_view word);
/// From 1 up.
std::int64_t parse_count(std::string_view flag, std::string_view word, const std::string& hint);
util::Instant parse_due(Session& session, std::string_view word);
util::Date parse_day(Session& session, std::string_view flag, std::string_view word);

/// `none` clears: no value.
std::optional<std::string> unless_none(const std::string& word);
/// `@me` is the actor, `none` is nobody.
std::optional<std::string> parse_person(Session& session, const std::string& word);
/// `-` reads stdin to its end.
std::string text_or_stdin(Session& session, const std::string& word);

/// --if-match.
std::optional<std::int64_t> version_of(const Invocation& invocation);

/// The call of a write: --dry-run, --if-match and --merge taken over.
client::Call write_call(const Invocation& invocation, std::string_view method, std::string path,
                        std::string body = "{}");

/// The filter as part of a query: its sprint words mean the sprints of the project that is set.
void add_filter(Session& session, client::Query& query, std::string filter);

/// --project, else the project of the settings; `none` is no project.
std::optional<std::string> project_of(Session& session, const Invocation& invocation);

}  // namespace taskman::cli
