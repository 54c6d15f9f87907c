#pragma once
// Where in the log a reader goes on that comes with a cursor of its own. Shared by polls and
// streams.

#include <optional>
#include <string>
#include <string_view>

#include "common/error/error.hpp"
#include "common/model/changeset.hpp"
#include "daemon/store/store.hpp"

namespace taskman::feed {

/// Why a cursor cannot be followed.
enum class Gone {
  kMalformed,  ///< not a cursor at all
  kPruned,     ///< older than the log
  kAhead,      ///< newer than the log: an older backup was restored
  kDiverged,   ///< of another store, or of revisions that a restore replaced
};

std::string_view name(Gone reason);

struct Position {
  model::Cursor cursor;  ///< where to go on: what was asked for, or the head when that is gone
  std::optional<Gone> gone;
  model::Cursor oldest;  ///< the lowest cursor that can be resumed from
  model::Cursor head;
};

Position locate(store::ReadTx& tx, std::string_view since);

/// `{"reason","oldest","head"}`. Precondition: position.gone.
std::string reset_data(const Position& position);

/// The same as a problem, for polls. Precondition: position.gone.
error::Error gone_error(const Position& position, std::string_view since);

}  // namespace taskman::feed
