#include "daemon/service/feed.hpp"

#include <fmt/core.h>

#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/envelope.hpp"
#include "daemon/feed/poll.hpp"
#include "daemon/feed/position.hpp"
#include "daemon/feed/snapshot.hpp"
#include "daemon/service/answers.hpp"
#include "daemon/service/filters.hpp"
#include "daemon/service/references.hpp"
#include "daemon/service/sprint_words.hpp"

namespace taskman::service {
namespace {

using error::Code;
using error::Error;

[[noreturn]] void refuse_type(const std::string& word) {
  const auto known = model::change_type_names();
  const auto near = util::suggest(word, known);
  const std::vector<std::string> names(known.begin(), known.end());
  throw Error(Code::kInvalidValue, fmt::format("unknown type of change '{}'", word),
              near ? fmt::format("did you mean {}?", *near) : "types: " + util::join(names, ", "),
              {{"types", "unknown"}});
}

/// `task.updated`, or `task.*` for all that begins so.
void add_type(const std::string& word, std::vector<model::ChangeType>& types) {
  const std::size_t before = types.size();
  const bool is_family = word.ends_with(".*");
  for (const std::string_view name : model::change_type_names()) {
    if (name == word || (is_family && name.starts_with(word.substr(0, word.size() - 1))))
      types.push_back(*model::find_change_type(name));
  }
  if (types.size() == before) refuse_type(word);
}

std::vector<model::ChangeType> parse_types(std::string_view text) {
  std::vector<model::ChangeType> types;
  while (!text.empty()) {
    const auto comma = text.find(',');
    add_type(std::string(util::trim(text.substr(0, comma))), types);
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
  }
  return types;
}

void check_follows(const filter::Expr& filter) {
  if (!filter::uses_body(filter)) return;
  throw Error(Code::kInvalidValue, "a filter on bodies cannot follow the feed",
              "the log keeps no bodies: filter by other fields", {{"filter", "uses body"}});
}

std::optional<filter::Expr> parse_selected(store::ReadTx& tx, const FeedRequest& request,
                                           const filter::Context& context) {
  if (request.filter.empty()) return std::nullopt;
  filter::Expr expr =
      parse_filter(tx, {.text = request.filter, .sprints_of = request.sprints_of}, context).expr;
  check_follows(expr);
  return expr;
}

feed::Client client_of(const FeedRequest& request) {
  return {.actor = request.caller.actor, .origin = request.caller.origin, .wants = request.wants};
}

}  // namespace

feed::Selection select(store::ReadTx& tx, const FeedRequest& request,
                       const filter::Context& context) {
  feed::Selection selection{.types = parse_types(request.types),
                            .filter = parse_selected(tx, request, context),
                            .context = context,
                            .tasks = request.tasks};
  if (request.project) check_project(tx, *request.project);
  if (request.sprint) {
    selection.sprint = find_sprint(tx, {.word = *request.sprint, .project = request.project}).id;
  } else {
    selection.project = request.project;
  }
  return selection;
}

Reading reading_of(feed::PollAnswer answer) {
  wire::Envelope envelope{.kind = "event.list", .data = wire::array_of(answer.frames)};
  envelope.more = answer.more;
  return reading(std::move(envelope), answer.cursor);
}

feed::SubscriptionRequest Feed::subscription(const FeedRequest& request, feed::Encoding encoding,
                                             Begin begin) const {
  feed::SubscriptionRequest wanted{
      .encoding = encoding, .since = request.since, .client = client_of(request)};
  base_.store.read([&](store::ReadTx& tx) {
    wanted.selection = select(tx, request, filter_context(base_, request.caller));
    if (begin == Begin::kWithChanges) return;
    wanted.spool = feed::take_snapshot(tx, wanted.selection, encoding);
    wanted.since = model::to_string(wanted.spool->cursor);
  });
  return wanted;
}

void Feed::check(std::string_view cursor) const {
  base_.store.read([&](store::ReadTx& tx) {
    const feed::Position position = feed::locate(tx, cursor);
    if (position.gone && *position.gone != feed::Gone::kPruned) throw gone_error(position, cursor);
  });
}

Reading Feed::poll(const FeedRequest& request) const {
  const model::Cursor now = head();
  // What is wanted is understood first, so that a word that means nothing is refused at once.
  if (request.wants.empty() && request.since == model::to_string(now))
    return reading_of({.cursor = now});
  return reading_of(look(request).answer);
}

Feed::Looked Feed::look(const FeedRequest& request) const {
  Looked looked;
  base_.store.read([&](store::ReadTx& tx) {
    feed::PollRequest poll{.since = request.since,
                           .latest = request.latest,
                           .limit = request.limit,
                           .selection = select(tx, request, filter_context(base_, request.caller))};
    looked.answer = feed::poll(tx, poll);
    looked.selection = std::move(poll.selection);
  });
  return looked;
}

std::variant<Reading, feed::ParkedPoll> Feed::poll_or_wait(const FeedRequest& request,
                                                           std::chrono::seconds wait) const {
  Looked looked = look(request);
  if (!looked.answer.frames.empty() || looked.answer.more) {
    return reading_of(std::move(looked.answer));
  }
  return feed::ParkedPoll{.since = looked.answer.cursor,
                          .limit = request.limit,
                          .selection = std::move(looked.selection),
                          .until = std::chrono::steady_clock::now() + wait,
                          .client = client_of(request)};
}

}  // namespace taskman::service
