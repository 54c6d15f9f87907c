#pragma once
// JSON Schemas (2020-12) of everything on the wire, from one table (schema_table.hpp): `taskman
// schema` prints them, /openapi.json contains them. Answers are named by their kind (`task.list`),
// things and inputs by a capitalised name (`Task`, `NewTask`, `Frame`, `Problem`). Constant,
// thread-safe.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace taskman::wire {

/// In the order of the documentation: answers first.
std::vector<std::string_view> schema_names();

/// A complete schema, with what it refers to under `$defs`; none for an unknown name.
std::optional<std::string> find_schema(std::string_view name);

/// What --fields can pick of an answer, or of a thing on a line of a stream; none for an unknown
/// name, and for what is sent.
std::vector<std::string> picked_fields(std::string_view name);

/// The schema of what is left of `name` when these of its picked_fields() are: each is there, and
/// no other. None for an unknown name.
std::optional<std::string> find_picked_schema(std::string_view name,
                                              const std::vector<std::string>& fields);

/// The members of a thing, in their order; none for an unknown name.
std::vector<std::string> schema_fields(std::string_view thing);

/// One document with every schema under `$defs`.
std::string all_schemas();

/// The schema of `name` alone, its references beginning with `prefix` (`#/components/schemas/`).
std::optional<std::string> schema_body(std::string_view name, std::string_view prefix);

/// `names` and all they refer to, directly or not, in the order of schema_names(). Unknown names
/// are left out.
std::vector<std::string_view> schema_closure(const std::vector<std::string_view>& names);

}  // namespace taskman::wire
