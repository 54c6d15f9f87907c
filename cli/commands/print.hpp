#pragma once
// How every command prints its answer: an envelope out as a table, tab-separated text, JSON, CSV,
// ids or a template, by what the session's mode says.

#include <string>
#include <string_view>
#include <vector>

#include "cli/commands/kinds.hpp"
#include "cli/render/records.hpp"
#include "cli/render/table.hpp"
#include "cli/session/session.hpp"
#include "common/wire/envelope.hpp"

namespace taskman::cli {

using Items = std::vector<std::string>;  ///< JSON objects as text

/// What generic output has to know of a kind of thing.
struct Kind {
  std::string_view id;       ///< the field that --quiet prints
  std::string_view plural;   ///< `tasks`
  std::string_view columns;  ///< of tab-separated text and CSV, `id,status,title`
  render::Fields (*known)();
  render::Table (*table)(Session& session, const Items& items);
};

/// Refuses --fields and --format that name what `kind` does not have. For a write this comes before
/// anything is sent: who mends the flag and runs it again must not write twice. Throws
/// kInvalidValue.
void check_fields(const Invocation& invocation, const Kind& kind);

/// A list. The exit code: 8 for an empty one under --fail-on-empty, else 0.
int print_list(Session& session, const Invocation& invocation, wire::Envelope envelope,
               const Kind& kind);

/// One thing. `human` makes the text for people.
using HumanText = std::string (*)(Session& session, const std::string& data);
int print_thing(Session& session, const Invocation& invocation, const wire::Envelope& envelope,
                const Kind& kind, HumanText human);

/// Whether a write is answered in words, not as a record.
bool is_sentence(const Session& session, const Invocation& invocation);

/// What a write answered: one line per thing, `done 42  Fix login`. `said` is the verb's past.
int print_written(Session& session, const Invocation& invocation, const wire::Envelope& envelope,
                  const Kind& kind, std::string_view said);

/// Under --dry-run: that nothing was changed.
/// What the daemon had to add, on stderr; --json has it in the document.
void say_notices(Session& session, const wire::Envelope& envelope);
void say_dry_run(Session& session, const Invocation& invocation);

/// A document of our own making, for commands that ask no daemon: under --json the envelope, else
/// `text`.
int print_document(Session& session, std::string_view kind, const std::string& data,
                   const std::string& text);

/// Orders by `--sort` and cuts by `--limit`, for lists the daemon gives whole.
wire::Envelope arranged(const Invocation& invocation, wire::Envelope envelope, const Kind& kind);

/// --limit as a number. Throws kInvalidValue.
std::optional<std::int64_t> limit_of(const Invocation& invocation);

}  // namespace taskman::cli
