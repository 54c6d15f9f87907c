#pragma once
// What --fields leaves of an answer. For print.cpp and stream_lines.cpp.

#include <string>

#include "cli/commands/print.hpp"

namespace taskman::cli {

/// Of the command that runs. A command that does not say what it answers with is a mistake:
/// std::logic_error.
const Kind& kind_of(const Session& session);

/// --fields, else the columns.
render::Fields chosen_fields(const Invocation& invocation, const Kind& kind);

/// What --format can name: the known fields, and the members of a lease (`lease.token`).
render::Fields nameable(render::Fields known);

/// Only these fields of a record; null for what it may lack.
std::string cut(const std::string& item, const render::Fields& fields);

/// The data with every record cut to --fields.
std::string narrowed(const std::string& data, const Invocation& invocation, const Kind& kind);

/// The records of an answer.
Items items_of(const wire::Envelope& envelope, const Kind& kind);

/// Whom --format is for.
render::Template::For reader_of(const Session& session);

}  // namespace taskman::cli
