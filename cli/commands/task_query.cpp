#include "cli/commands/task_query.hpp"

#include "cli/commands/print.hpp"
#include "cli/commands/values.hpp"
#include "common/error/error.hpp"
#include "common/filter/filter.hpp"
#include "common/util/text.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

constexpr std::string_view kDefaultFilter = "is:open";
constexpr std::int64_t kTerminalLimit = 50;

/// The filter as sent: what is relative to this caller's clock and zone is checked here, so that a
/// mistake costs no round trip.
struct Asked {
  std::string filter;
  bool defaulted = false;
};

Asked asked(Session& session, const TaskQuery& query) {
  const std::string text = util::join(query.words, " ");
  const auto expr = filter::parse(text, session.filter_context());
  const bool says_which = filter::names_status(expr) || filter::names_tasks(expr);
  if (query.everything || says_which) return {text, false};
  if (text.empty()) return {std::string(kDefaultFilter), true};
  return {std::string(kDefaultFilter) + " (" + text + ")", true};
}

void say_what_was_left_out(Session& session, const wire::Envelope& answer) {
  if (!session.terminal().out_is_terminal() || session.mode() == Mode::kJson) return;
  if (answer.filter) session.notice("open tasks only; --all shows every status");
  if (!answer.page || answer.page->returned >= answer.page->total) return;
  session.notice(std::to_string(answer.page->returned) + " of " +
                 std::to_string(answer.page->total) + "; --limit N shows more");
}

}  // namespace

int list_tasks(Session& session, const Invocation& invocation, const TaskQuery& query) {
  const Asked wanted = asked(session, query);
  const auto limit = limit_of(invocation);
  const bool brief = session.mode() == Mode::kHuman && !limit;
  client::Query parameters{{"limit", limit   ? std::to_string(*limit)
                                     : brief ? std::to_string(kTerminalLimit)
                                             : "all"}};
  if (!wanted.filter.empty()) add_filter(session, parameters, wanted.filter);
  if (const auto sort = invocation.value("sort")) parameters.emplace_back("sort", *sort);
  auto answer = session.api().get(std::string(wire::kTasks), parameters);
  if (wanted.defaulted) answer.filter = kDefaultFilter;
  const wire::Envelope summary{.page = answer.page, .filter = answer.filter};
  const int code = print_list(session, invocation, std::move(answer), task_kind());
  say_what_was_left_out(session, summary);
  return code;
}

}  // namespace taskman::cli
