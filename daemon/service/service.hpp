#pragma once
// Use cases: one call is one transaction: rule, rows, changeset, answer. Thread-safe.
// Answers are envelopes as JSON text, because a keyed write stores the bytes it answered.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "common/model/changeset.hpp"
#include "common/time/clock.hpp"
#include "common/time/zone.hpp"
#include "daemon/store/store.hpp"

namespace taskman::service {

/// Who asks, and how.
struct Caller {
  std::string actor;
  std::string origin;
};

/// What If-Match names: a version, and by an ETag also of which thing in which state.
struct Seen {
  std::int64_t version;
  std::string state{};  ///< as state_of() gives it (etags.hpp); empty: the version alone
};

/// A write besides its content.
struct WriteRequest {
  Caller caller;
  std::optional<std::string> key;  ///< Idempotency-Key
  /// Of what is asked, a word; compared, as the actor is, when the key is seen again.
  std::string digest;
  std::optional<Seen> if_match;  ///< what the caller saw
  /// What to do when it is another one by now.
  enum class Stale { kRefuse, kMerge } stale = Stale::kRefuse;
  store::Commit commit = store::Commit::kYes;
  int status = 200;  ///< what success answers: 200 or 201
};

/// What a write answers.
struct Answer {
  std::string body;  ///< the envelope
  int status = 200;
  model::Cursor cursor;      ///< of the head after it
  bool replayed = false;     ///< the key was seen before: the first answer again
  util::Instant given_at{};  ///< of a replayed one: when it was given first
};

/// What a read answers.
struct Reading {
  std::string body;      ///< the envelope
  model::Cursor cursor;  ///< the state it was read at
  std::string tag;       ///< of one thing: its etag_of(); of who asked, too; empty: the cursor
};

/// What every use case stands on. References outlive the services.
struct Base {
  store::Store& store;
  const time::Clock& clock;
  const time::Zone& zone;
  /// Told after a write that gave a lease, when that ends: somebody has to see to it.
  std::function<void(util::Instant)> leased = [](util::Instant) {};
};

}  // namespace taskman::service
