#pragma once
// What the handlers share: parts of requests, kinds of replies.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/model/task.hpp"
#include "common/wire/route_doc.hpp"
#include "daemon/http/request.hpp"
#include "daemon/http/route.hpp"
#include "daemon/http/services.hpp"
#include "daemon/service/service.hpp"

namespace taskman::http {

/// Taskman-Actor, else the user at the other end of the socket; Taskman-Origin, else `api`.
service::Caller caller_of(const Request& request);

/// Caller, Idempotency-Key, If-Match, `dry_run`, and the digest of the request. `status` is what
/// success answers.
service::WriteRequest write_of(const Request& request, int status = 200);

/// The same, with `merge`.
service::WriteRequest merging_write_of(const Request& request);

/// `{id}`. Throws kNotFound for what is no id: nothing lies under it.
model::TaskId task_of(const Request& request);

/// An integer parameter within [low, high]; kInvalidValue else.
struct Range {
  std::int64_t low;
  std::int64_t high;
  std::string_view word = {};  ///< what may be given instead, for the hint
};
std::optional<std::int64_t> integer_param(const Request& request, std::string_view name,
                                          Range range);

/// `1`, `true`, `yes` or nothing after the name set it; `0`, `false`, `no` and absence do not. Else
/// kInvalidValue.
bool flag_param(const Request& request, std::string_view name);

/// A page's size: `all` is none.
std::optional<std::int64_t> limit_of(const Request& request, std::int64_t fallback);
inline constexpr std::int64_t kMaxLimit = 10'000;

/// With Taskman-Cursor and an ETag: the version of one thing, the cursor of a list.
Reply reply_of(service::Reading reading);
/// The same without an ETag, when time alone can change the answer.
Reply fleeting_reply_of(service::Reading reading);
Reply reply_of(service::Answer answer);

/// Parameters that several routes document.
wire::ParamDoc dry_run_doc();
wire::ParamDoc merge_doc();
wire::ParamDoc filter_doc();
wire::ParamDoc sprints_of_doc();

// The tables, one per resource; all_routes() joins them.
std::vector<Route> task_routes();
std::vector<Route> task_detail_routes();
std::vector<Route> claim_routes();
std::vector<Route> batch_routes();
std::vector<Route> sprint_routes();
std::vector<Route> project_routes();
std::vector<Route> event_routes();
std::vector<Route> hook_routes();
std::vector<Route> transfer_routes();
std::vector<Route> undo_routes();
std::vector<Route> operation_routes();

}  // namespace taskman::http
