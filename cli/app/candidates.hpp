#pragma once
// What can be typed for a value: from the tables, or asked of the daemon.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/session/world.hpp"
#include "common/filter/words.hpp"
#include "common/wire/views.hpp"

namespace taskman::app {

using wire::Candidate;
using Candidates = std::vector<Candidate>;

/// The daemon that runs, asked within a moment; without one there is nothing to say. Never starts
/// one and never throws.
class Source {
 public:
  Source(const cli::World& world, std::optional<std::string> url)
      : world_(world), url_(std::move(url)) {}

  /// `kind` is one of the API's: `tasks`, `sprints`, …
  Candidates ask(std::string_view kind, std::string_view prefix) const;

 private:
  const cli::World& world_;
  std::optional<std::string> url_;
};

Candidates statuses();
Candidates priorities();
Candidates sprint_states();
Candidates dates();
Candidates settings();

/// Types of changes with their families, `task.*`, and `*` for everything.
Candidates change_types();

/// The word of a filter: `(~label:a`, `status:todo,re`. Candidates are whole words.
Candidates filter_words(std::string_view typed, const Source& source);

/// Only those that begin with `prefix`, in either case; each with `before` put before it.
Candidates fitting(Candidates candidates, std::string_view prefix, std::string_view before = {});

}  // namespace taskman::app
