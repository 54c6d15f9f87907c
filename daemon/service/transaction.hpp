#pragma once
// The one path of every write: key, rule, rows, changeset, answer, all in one transaction.

#include <functional>
#include <string>
#include <string_view>

#include "common/wire/envelope.hpp"
#include "daemon/service/service.hpp"
#include "daemon/service/work.hpp"

namespace taskman::service {

/// Does the work and says what to answer; cursor and notices are added afterwards. May be run more
/// than once, each time with a fresh Work.
using Change = std::function<wire::Envelope(Work&)>;

/// A key that was seen with the same digest gives the first answer again and does nothing; with
/// another digest it throws kKeyReused. A write that changes nothing appends nothing and succeeds.
/// A dry run neither looks at keys nor keeps one, and answers with the head as it is.
Answer run_write(const Base& base, const WriteRequest& request, const Change& change);

}  // namespace taskman::service
