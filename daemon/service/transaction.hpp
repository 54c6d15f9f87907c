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

/// A key that was seen for the same request of the same actor gives the first answer again and does
/// nothing; for anything else it throws kKeyReused. A write that changes nothing appends nothing
/// and succeeds. A dry run keeps no key, answers as the write would to the one it has, and else
/// with the head as it is.
Answer run_write(const Base& base, const WriteRequest& request, const Change& change);

}  // namespace taskman::service
