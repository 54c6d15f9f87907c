#pragma once
// JSON values of foreign records as C++ values; a wrong one is named with its field.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/util/instant.hpp"
#include "common/wire/envelope.hpp"
#include "common/wire/fields.hpp"

namespace taskman::transfer {

/// Throws kInvalidValue: `due: 7 is not a string`.
[[noreturn]] void refuse(std::string_view name, std::string_view json, std::string_view expected);

std::string as_string(std::string_view name, std::string_view json);
/// None for null and "".
std::optional<std::string> as_optional_string(std::string_view name, std::string_view json);
/// The elements, as JSON.
std::vector<std::string> as_array(std::string_view name, std::string_view json);
std::vector<std::string> as_strings(std::string_view name, std::string_view json);
/// `20261123T100000Z` or RFC 3339; none for null and "".
std::optional<util::Instant> as_instant(std::string_view name, std::string_view json);

/// The member's JSON, `null` when there is none.
std::string_view member(const wire::Members& members, std::string_view name);

/// Throws kInvalidValue unless the member is there and `text`, which is what was made of it, says
/// something.
void check_said(const wire::Members& members, std::string_view name, std::string_view text);

/// The members of a record. Throws kMalformedRequest when it is no JSON object in UTF-8.
wire::Members as_record(std::string_view json);

}  // namespace taskman::transfer
