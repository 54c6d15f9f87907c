#include "cli/commands/mentions.hpp"

#include <algorithm>
#include <chrono>

#include "common/error/error.hpp"
#include "common/util/hash.hpp"
#include "common/util/text.hpp"
#include "common/wire/commands.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

constexpr const char* kUnsure = "unsure";
/// The key is made from the commit.
constexpr std::string_view kOnce =
    "`taskman git hook post-commit` does what this commit says once, whatever happened; why there "
    "was no answer: taskman daemon logs";

using error::Code;
using error::Error;
using git::Act;
using git::Mention;

render::Fields known_fields() { return wire::field_names(wire::encode(wire::GitMention{})); }

render::Table table(Session&, const Items& items) {
  render::Table table;
  table.columns = {{"TASK", render::Align::kRight}, {"TRAILER"}, {"OUTCOME"}, {"MESSAGE"}};
  for (const auto& item : items) {
    const auto mention = wire::decode_git_mention(item);
    table.rows.push_back({{std::to_string(mention.task)},
                          {mention.trailer},
                          {mention.outcome},
                          {mention.message.value_or("")}});
  }
  return table;
}

constexpr Kind kMentions{"task", "mentions", "task,trailer,outcome,message", known_fields, table};

wire::GitMention outcome_of(const Mention& mention, std::string outcome,
                            std::optional<std::string> message = {}) {
  return {.task = mention.task,
          .trailer = mention.trailer,
          .outcome = std::move(outcome),
          .message = std::move(message)};
}

/// Nobody answers: the next one would not be answered either, and every try takes time.
bool is_silence(const Error& failure) {
  return failure.code() == Code::kUnreachable || failure.code() == Code::kTimeout;
}

/// It may have been done all the same.
bool is_in_doubt(Session& session, const Error& failure) {
  return failure.code() == Code::kOutcomeUnknown ||
         (is_silence(failure) && session.api().may_be_done());
}

/// Without the line of the batch, which nobody has seen.
std::string reason_of(const Error& failure) {
  const std::string& message = failure.message();
  return message.starts_with("line ") ? message.substr(message.find(": ") + 2) : message;
}

/// `one` for each, all of them within --timeout; a daemon that is silent is asked no more.
/// `failed` names the outcome of one that failed, null: that was not asked for.
template <typename One, typename Failed>
Outcomes each(Session& session, const std::vector<Mention>& mentions, const One& one,
              const Failed& failed) {
  const auto deadline = session.deadline();
  Outcomes outcomes;
  std::optional<std::string> silence;
  for (const auto& mention : mentions) {
    if (silence) {
      outcomes.push_back(outcome_of(mention, failed(nullptr), silence));
      continue;
    }
    try {
      outcomes.push_back(one(mention, std::chrono::milliseconds(deadline.poll_timeout())));
    } catch (const Error& failure) {
      if (is_silence(failure)) silence = reason_of(failure);
      outcomes.push_back(outcome_of(mention, failed(&failure), reason_of(failure)));
    }
  }
  return outcomes;
}

/// A comment that names the commit, and the closing: one transaction, so that neither is without
/// the other.
std::string batch_of(const git::Commit& commit, const Mention& mention) {
  const std::string id = std::to_string(mention.task);
  const bool closes = mention.act == Act::kClose;
  const std::string text = std::string(closes ? "closed by commit " : "commit ") + commit.name +
                           ": " + util::escape_for_terminal(commit.subject);
  std::string lines = wire::object_of(
      {{"verb", wire::quote("task comment")}, {"id", id}, {"text", wire::quote(text)}});
  if (closes) lines += '\n' + wire::object_of({{"verb", wire::quote("task done")}, {"id", id}});
  return lines + '\n';
}

std::string key_of(const git::Commit& commit, const Mention& mention) {
  const std::string act = mention.act == Act::kClose ? "close " : "mention ";
  return "git-" +
         util::to_hex(util::fnv1a(act + std::to_string(mention.task) + '\n' + commit.identity));
}

std::string title_of(Session& session, std::int64_t task) {
  try {
    return wire::field_text(session.api().get(wire::task_path({task})).data, "title").value_or("");
  } catch (const Error&) {
    return {};  // it was there a moment ago, and is only named here
  }
}

void say(Session& session, const wire::GitMention& mention) {
  const std::string id = std::to_string(mention.task);
  if (mention.outcome == "closed" || mention.outcome == "commented") {
    session.print("taskman: " + mention.outcome + " " + id + "  " +
                  util::escape_for_terminal(title_of(session, mention.task)) + "\n");
  } else if (mention.message) {
    const bool in_doubt = mention.outcome == kUnsure;
    session.notice("taskman: " + mention.trailer + ": #" + id + ": " +
                   (in_doubt ? "may have been done" : mention.outcome) + ": " +
                   util::escape_for_terminal(*mention.message));
  }
}

}  // namespace

const Kind& mention_kind() { return kMentions; }

Outcomes check_tasks(Session& session, const std::vector<Mention>& mentions) {
  const auto look = [&](const Mention& mention, std::chrono::milliseconds left) {
    try {
      session.api().send({.path = wire::task_path({mention.task}), .timeout = left});
    } catch (const Error& failure) {
      if (failure.code() != Code::kNotFound) throw;
      return outcome_of(mention, "unknown", failure.message());
    }
    return outcome_of(mention, "known");
  };
  return each(session, mentions, look, [](const Error*) { return "unchecked"; });
}

namespace {

/// False when it did before. The comment names the commit, so that under another name (rebased,
/// picked) the same key has another body.
bool acts(Session& session, const git::Commit& commit, const Mention& mention,
          std::chrono::milliseconds left) {
  try {
    const auto answer = session.api().send({.method = "POST",
                                            .path = std::string(wire::kBatch),
                                            .body = batch_of(commit, mention),
                                            .content_type = "application/x-ndjson",
                                            .key = key_of(commit, mention),
                                            .timeout = left});
    return answer.header(util::to_lower(wire::kReplayedHeader)).empty();
  } catch (const Error& failure) {
    if (failure.code() == Code::kKeyReused) return false;
    throw;
  }
}

}  // namespace

Outcomes act_on_tasks(Session& session, const git::Commit& commit,
                      const std::vector<Mention>& mentions) {
  const auto act = [&](const Mention& mention, std::chrono::milliseconds left) {
    if (!acts(session, commit, mention, left)) return outcome_of(mention, "before");
    return outcome_of(mention, mention.act == Act::kClose ? "closed" : "commented");
  };
  return each(session, mentions, act, [&](const Error* failure) {
    return failure != nullptr && is_in_doubt(session, *failure) ? kUnsure : "failed";
  });
}

int print_mentions(Session& session, const Invocation& invocation, const Outcomes& outcomes) {
  if (is_sentence(session, invocation)) {
    for (const auto& outcome : outcomes) say(session, outcome);
    if (std::ranges::find(outcomes, kUnsure, &wire::GitMention::outcome) != outcomes.end())
      session.notice("hint: " + std::string(kOnce));
    return 0;
  }
  Items items;
  for (const auto& outcome : outcomes) items.push_back(wire::encode(outcome));
  return print_list(
      session, invocation,
      arranged(invocation, {.kind = "git_mention.list", .data = wire::array_of(items)}, kMentions),
      kMentions);
}

}  // namespace taskman::cli
