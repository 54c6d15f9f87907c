#pragma once
// One task of Taskwarrior on its way to becoming a record: its attributes, read one by one.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/import/clean.hpp"
#include "common/util/instant.hpp"
#include "common/wire/import.hpp"

namespace taskman::transfer {

inline constexpr std::string_view kTaskwarrior = "taskwarrior";

/// What the attributes said so far.
struct Draft {
  wire::ImportTask task;
  Notes notes{kTaskwarrior};
  std::string uuid;
  std::string status = "pending";
  std::string status_json;
  std::optional<std::string> project_name;
  std::vector<std::string> depends;
  std::vector<wire::Members> annotations;
  std::optional<util::Instant> start;
  std::optional<util::Instant> end;
  std::optional<util::Instant> wait;
  std::optional<model::Status> own_status;  ///< as our own export told it
  std::optional<std::string> own_reason;
  std::string body;
};

/// What a second import has to be able to take back is given even when it is empty.
Draft blank_draft();

/// Takes one attribute of `task export` in; what has no home becomes a note. Throws kInvalidValue.
void read_attribute(Draft& draft, std::string_view name, std::string_view json);

}  // namespace taskman::transfer
