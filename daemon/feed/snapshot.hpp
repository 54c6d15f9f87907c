#pragma once
// The state that a stream begins with, for readers that keep a copy.

#include <sys/types.h>

#include "common/model/changeset.hpp"
#include "common/util/fd.hpp"
#include "daemon/feed/subscription.hpp"
#include "daemon/store/store.hpp"

namespace taskman::feed {

/// Everything the selection's readers can see at the revision of `tx`: projects, sprints, their
/// progress, tasks, one `snapshot` each, then `snapshot-end` with the cursor from which changes
/// follow. It lies in a file without a name, because it may be large, a client may be slow, and no
/// transaction may stay open while it is sent. Throws kDiskFull.
Spool take_snapshot(store::ReadTx& tx, const Selection& selection, Encoding encoding);

}  // namespace taskman::feed
