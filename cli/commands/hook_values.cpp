#include "cli/commands/hook_values.hpp"

#include <vector>

#include "cli/commands/detail.hpp"
#include "cli/commands/print.hpp"
#include "cli/commands/values.hpp"
#include "cli/render/table.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/hooks.hpp"

namespace taskman::cli {
namespace {

std::string when(Session& session, const std::optional<util::Instant>& instant) {
  return instant ? when_text(session, *instant) : "";
}

}  // namespace

model::HookId hook_id(const Invocation& invocation) {
  const std::string word = invocation.first("ID").value();
  const auto id = util::parse_integer(word);
  if (id && *id > 0) return {*id};
  throw error::Error(error::Code::kInvalidValue,
                     "id: '" + util::escape_for_terminal(word) + "' is not a hook's id",
                     "ids are numbers: taskman hooks list");
}

int print_hook(Session& session, const Invocation& invocation, const wire::Envelope& answer,
               std::string_view said) {
  if (!is_sentence(session, invocation))
    return print_written(session, invocation, answer, hook_kind(), said);
  const auto hook = wire::decode_hook(answer.data);
  // A dry run makes none, so it has no number to tell.
  session.print((invocation.has("dry-run") ? "dry run: " : "") + std::string(said) + " hook " +
                std::to_string(hook.id) + "  " + hook.kind + " " +
                util::escape_for_terminal(hook.target) + "\n");
  if (hook.secret) session.print("secret " + *hook.secret + "\n");
  say_notices(session, answer);
  say_dry_run(session, invocation);
  return 0;
}

std::string hook_detail(Session& session, const std::string& data) {
  const auto hook = wire::decode_hook(data);
  const std::vector<render::Detail> rows{
      {"on", {hook.on}},
      {"project", {hook.project.value_or("")}},
      {"state", {hook.state, hook.state == "active" ? render::Tone::kGood : render::Tone::kBad}},
      {"behind",
       {hook.lag == 0 ? ""
                      : std::to_string(hook.lag) + ", at revision " + std::to_string(hook.rev)}},
      {"failures", {hook.failures == 0 ? "" : std::to_string(hook.failures) + " in a row"}},
      {"last error", {hook.last_error.value_or(""), render::Tone::kBad}},
      {"next try", {when(session, hook.next_try_at)}},
      {"delivered", {when(session, hook.delivered_at)}},
      {"dead letters", {hook.dead == 0 ? "" : std::to_string(hook.dead)}},
      {"added", {when_text(session, hook.created_at) + " by " + hook.actor}}};
  return heading(session, std::to_string(hook.id) + "  " + hook.kind + " " + hook.target) +
         render::to_text(rows, session.colour());
}

}  // namespace taskman::cli
