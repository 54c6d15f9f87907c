#include "daemon/service/transaction.hpp"

#include <optional>

#include "common/error/error.hpp"

namespace taskman::service {
namespace {

std::optional<Answer> replay(store::ReadTx& tx, const WriteRequest& request) {
  if (!request.key) return std::nullopt;
  auto stored = tx.find_answer(*request.key);
  if (!stored) return std::nullopt;
  if (stored->digest != request.digest) {
    throw error::Error(error::Code::kKeyReused,
                       "idempotency key '" + *request.key + "' was used for another request",
                       "use a new key, or send the same request again to get its answer");
  }
  const auto cursor = wire::decode_envelope(stored->body).cursor;
  return Answer{.body = std::move(stored->body),
                .status = stored->status,
                .cursor = cursor.value_or(tx.log_range().head),
                .replayed = true};
}

/// What a run of the closure leaves behind.
struct Outcome {
  Answer answer;
  std::optional<util::Instant> lease_end;
};

Outcome run(store::WriteTx& tx, const WriteRequest& request, const Change& change,
            util::Instant now) {
  const bool is_dry = request.commit == store::Commit::kDryRun;
  if (!is_dry) {
    if (auto earlier = replay(tx, request)) return {std::move(*earlier), {}};
  }
  const model::Cursor head = is_dry ? tx.log_range().head : model::Cursor{};
  Work work(tx, request, now);
  wire::Envelope envelope = change(work);
  const model::Cursor after = work.finish();
  envelope.cursor = is_dry ? head : after;
  envelope.notices = work.notices();
  Answer answer{
      .body = wire::encode(envelope), .status = request.status, .cursor = *envelope.cursor};
  if (request.key && !is_dry) {
    tx.save_answer(*request.key, {request.digest, answer.body, answer.status}, now);
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
