#pragma once
// How every command prints its answer: an envelope out as a table, tab-separated text, JSON, CSV,
// ids or a template, by what the session's mode says.

#include <optional>
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
  /// For people; none: the columns as they are.
  render::Table (*table)(Session& session, const Items& items) = nullptr;
  /// Of a document about many things: the member that holds them, each with the fields above.
  std::string_view rows = {};
};

/// What --fields and --format can name, of either Kind.
render::Fields known_fields(const Command& command);

/// Refuses --fields and --format that name what the answer does not have. This comes before the
/// command does anything: who mends the flag and runs it again must not write twice. Throws
/// kInvalidValue.
void check_fields(const Invocation& invocation);
/// The same where it takes a look at the arguments to tell which Kind it will be.
void check_fields(const Invocation& invocation, const Kind& kind);

/// A list. The exit code, 0. Throws kNothing, with nothing printed, for an empty one under
/// --fail-on-empty.
int print_list(Session& session, const Invocation& invocation, wire::Envelope envelope,
               const Kind& kind);

/// One thing. `human` makes the text for people.
using HumanText = std::string (*)(Session& session, const std::string& data);
int print_thing(Session& session, const Invocation& invocation, const wire::Envelope& envelope,
                const Kind& kind, HumanText human);

/// Whether the answer is in words, not a record.
bool is_sentence(const Session& session, const Invocation& invocation);

/// Whether a flag of the command line, and not a setting, says what the answer looks like.
bool is_shaped(const Invocation& invocation);

/// Whether a record is printed with this field, as --fields, --format and their like have it.
bool prints_field(const Session& session, std::string_view field);

/// What a write answered: one line per thing, `done 42  Fix login`. `said` is the verb's past.
int print_written(Session& session, const Invocation& invocation, const wire::Envelope& envelope,
                  const Kind& kind, std::string_view said);

/// What the daemon had to add, on stderr; --json has it in the document.
void say_notices(Session& session, const wire::Envelope& envelope);
/// Under --dry-run: that nothing was changed.
void say_dry_run(Session& session, const Invocation& invocation);

/// A document that people get as `text`; programs get the envelope, its fields, its id, as the
/// command's Kind says. `text` is used when is_sentence().
int print_document(Session& session, const wire::Envelope& envelope, const std::string& text);
int print_document(Session& session, std::string_view kind, const std::string& data,
                   const std::string& text);

/// The same where `text` is itself the answer, as of `completion` and `export`: only a flag makes a
/// document of it, so that `> FILE` gets the text whatever the settings say.
int print_content(Session& session, const wire::Envelope& envelope, const std::string& text);

/// The items of a stream as programs read them: whole, or as --fields, --csv, --format and --quiet
/// say. One thread.
class StreamLines {
 public:
  explicit StreamLines(Session& session);

  /// The head of a table, once; empty unless --csv. It is printed with the first item, or when
  /// there turned out to be none: what fails before that prints nothing.
  std::string head();
  /// Of one item, which is a JSON object, with its newline.
  std::string line(const std::string& item) const;

 private:
  Session& session_;
  render::Fields fields_;
  std::optional<render::Template> form_;
  bool head_is_due_ = true;
};

/// Orders by `--sort` and cuts by `--limit`, for lists the daemon gives whole.
wire::Envelope arranged(const Invocation& invocation, wire::Envelope envelope, const Kind& kind);

/// --limit as a number. Throws kInvalidValue.
std::optional<std::int64_t> limit_of(const Invocation& invocation);

}  // namespace taskman::cli
