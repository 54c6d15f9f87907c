#include "daemon/service/transaction.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "common/error/error.hpp"

namespace taskman::service {
namespace {

using error::Code;
using error::Error;

/// What a key stands for. Who asks is part of it: an answer can be about the one it was given to,
/// as that of a claim is, and would tell another what is not so.
std::string meaning_of(const WriteRequest& request) {
  return request.digest + ' ' + request.caller.actor;
}

[[noreturn]] void refuse_reused(const WriteRequest& request, std::string_view meaning) {
  const auto end = std::min(meaning.find(' '), meaning.size());
  const std::string actor(meaning.substr(std::min(end + 1, meaning.size())));
  const bool is_same = meaning.substr(0, end) == request.digest;
  const std::string used = fmt::format("idempotency key '{}' was used ", *request.key);
  if (actor.empty() || actor == request.caller.actor) {
    throw Error(Code::kKeyReused, used + "for another request",
                "use a new key, or send the same request again to get its answer");
  }
  throw Error(Code::kKeyReused,
              fmt::format("{}by {} for {} request", used, actor, is_same ? "the same" : "another"),
              fmt::format("a key is of who used it first: take another one, or ask as {} for what "
                          "{} was answered",
                          actor, actor));
}

std::optional<Answer> replay(store::ReadTx& tx, const WriteRequest& request) {
  if (!request.key) return std::nullopt;
  auto stored = tx.find_answer(*request.key);
  if (!stored) return std::nullopt;
  if (stored->digest != meaning_of(request)) refuse_reused(request, stored->digest);
  const auto cursor = wire::decode_envelope(stored->body).cursor;
  return Answer{.body = std::move(stored->body),
                .status = stored->status,
                .cursor = cursor.value_or(tx.log_range().head),
                .replayed = true,
                .given_at = stored->at};
}

/// What a run of the closure leaves behind.
struct Outcome {
  Answer answer;
  std::optional<util::Instant> lease_end;
};

Outcome run(store::WriteTx& tx, const WriteRequest& request, const Change& change,
            util::Instant now) {
  if (auto earlier = replay(tx, request)) return {std::move(*earlier), {}};
  const bool is_dry = request.commit == store::Commit::kDryRun;
  const model::Cursor head = is_dry ? tx.log_range().head : model::Cursor{};
  Work work(tx, request, now);
  wire::Envelope envelope = change(work);
  const model::Cursor after = work.finish();
  envelope.cursor = is_dry ? head : after;
  envelope.notices = work.notices();
  Answer answer{
      .body = wire::encode(envelope), .status = request.status, .cursor = *envelope.cursor};
  if (request.key && !is_dry) {
    tx.save_answer(*request.key, {meaning_of(request), answer.body, answer.status}, now);
  }
  return {std::move(answer), work.lease_end()};
}

}  // namespace

Answer run_write(const Base& base, const WriteRequest& request, const Change& change) {
  Outcome outcome;
  base.store.write(
      [&](store::WriteTx& tx) { outcome = run(tx, request, change, base.clock.now()); },
      request.commit);
  if (outcome.lease_end && request.commit == store::Commit::kYes) base.leased(*outcome.lease_end);
  return std::move(outcome.answer);
}

}  // namespace taskman::service
