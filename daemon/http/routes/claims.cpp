// /api/v1/tasks/claim and /api/v1/tasks/{id}: who works on a task, until when.

#include "daemon/service/claims.hpp"
#include "common/error/error.hpp"
#include "common/wire/claims.hpp"
#include "common/wire/paths.hpp"
#include "daemon/http/routes/common.hpp"

namespace taskman::http {
namespace {

using error::Code;

Reply claim_next(Services& services, const Request& request) {
  return reply_of(
      services.claims.claim_next(write_of(request), wire::decode_claim_next(request.body)));
}

Reply claim(Services& services, const Request& request) {
  return reply_of(
      services.claims.claim(write_of(request), task_of(request), wire::decode_claim(request.body)));
}

Reply renew(Services& services, const Request& request) {
  return reply_of(services.claims.renew(write_of(request), task_of(request),
                                        wire::decode_renewal(request.body)));
}

Reply release(Services& services, const Request& request) {
  return reply_of(services.claims.release(write_of(request), task_of(request),
                                          wire::decode_release(request.body)));
}

}  // namespace

std::vector<Route> claim_routes() {
  return {
      {{.method = "POST",
        .path = wire::kTasksClaim,
        .operation = "claimNextTask",
        .tag = "tasks",
        .summary = "The first task that waits, yours under a lease; `nothing` when none does",
        .query = {dry_run_doc()},
        .body = "ClaimNext",
        .answer = "task",
        .errors = {Code::kInvalidValue, Code::kNothing, Code::kKeyReused}},
       claim_next},
      {{.method = "POST",
        .path = "/api/v1/tasks/{id}/claim",
        .operation = "claimTask",
        .tag = "tasks",
        .summary = "Yours under a lease; again renews it, unless it is to be exclusive",
        .query = {dry_run_doc()},
        .body = "Claim",
        .answer = "task",
        .errors = {Code::kInvalidValue, Code::kNotFound, Code::kConflict, Code::kClaimed,
                   Code::kStaleVersion, Code::kKeyReused}},
       claim},
      {{.method = "POST",
        .path = "/api/v1/tasks/{id}/renew",
        .operation = "renewClaim",
        .tag = "tasks",
        .summary = "Another lease for who holds the task, and nobody else",
        .query = {dry_run_doc()},
        .body = "Renewal",
        .answer = "task",
        .errors = {Code::kInvalidValue, Code::kNotFound, Code::kClaimed, Code::kStaleVersion,
                   Code::kKeyReused}},
       renew},
      {{.method = "POST",
        .path = "/api/v1/tasks/{id}/release",
        .operation = "releaseTask",
        .tag = "tasks",
        .summary = "Claimed by nobody; to do again when it was in progress",
        .query = {dry_run_doc()},
        .body = "Release",
        .answer = "task",
        .errors = {Code::kNotFound, Code::kClaimed, Code::kStaleVersion, Code::kKeyReused}},
       release},
  };
}

}  // namespace taskman::http
