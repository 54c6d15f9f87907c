#include "cli/commands/watch_goal.hpp"

#include <utility>

#include "cli/commands/values.hpp"
#include "common/error/error.hpp"
#include "common/filter/filter.hpp"
#include "common/filter/words.hpp"
#include "common/model/vocabulary.hpp"
#include "common/util/text.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

using error::Code;
using error::Error;

/// `done` alone is a text to look for in titles, and would be waited for for ever.
void refuse_bare_word(std::string_view word) {
  const bool is_status = model::find_status(word).has_value();
  if (!is_status && !filter::find_flag(word)) return;
  throw Error(
      Code::kInvalidValue,
      "--until: '" + std::string(word) + "' alone would be looked for in titles",
      std::string("did you mean ") + (is_status ? "status:" : "is:") + std::string(word) + "?");
}

std::string unmet_of(Session& session, const std::string& watched, const std::string& wanted) {
  if (wanted.find_first_not_of(' ') == std::string::npos) {
    throw Error(Code::kInvalidValue, "--until: nothing is asked for",
                "write a filter, such as --until is:closed");
  }
  refuse_bare_word(util::trim(wanted));
  filter::parse(wanted, session.filter_context());
  return (watched.empty() ? "" : "(" + watched + ") ") + "~(" + wanted + ")";
}

}  // namespace

Goal::Goal(Session& session, Watched watched, const std::string& wanted)
    : session_(session),
      watched_(std::move(watched)),
      unmet_(unmet_of(session, watched_.filter, wanted)) {}

bool Goal::is_reached(client::Api& api) {
  if (!is_due_) return false;
  try {
    const bool reached = count(api, unmet_) == 0;
    if (reached && watched_.named > 0 &&
        count(api, watched_.filter) < static_cast<std::int64_t>(watched_.named)) {
      throw Error(Code::kImpossible, "--until: a task that is watched was deleted");
    }
    is_due_ = false;
    return reached;
  } catch (const Error& failure) {
    if (!error::row(failure.code()).retryable) throw;
    return false;
  }
}

std::int64_t Goal::count(client::Api& api, const std::string& filter) {
  client::Query query{{"limit", "1"}};
  add_filter(session_, query, filter);
  const auto answer = api.get(std::string(wire::kTasks), std::move(query));
  cursor_ = answer.cursor;
  return answer.page.value().total;
}

}  // namespace taskman::cli
