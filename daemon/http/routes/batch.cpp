// /api/v1/batch: many verbs in one transaction.

#include "daemon/service/batch.hpp"

#include "common/error/error.hpp"
#include "common/wire/paths.hpp"
#include "daemon/http/routes/common.hpp"

namespace taskman::http {
namespace {

using error::Code;

Reply run(Services& services, const Request& request) {
  auto write = write_of(request);
  if (write.if_match) {
    throw error::Error(Code::kInvalidValue, "If-Match names one version, a batch many things",
                       "leave If-Match out", {{"If-Match", "not taken"}});
  }
  return reply_of(services.batch.run(write, request.body));
}

}  // namespace

std::vector<Route> batch_routes() {
  return {
      {{.method = "POST",
        .path = wire::kBatch,
        .operation = "runBatch",
        .tag = "batch",
        .summary = "Verbs, one a line, all or nothing in one transaction",
        .query = {dry_run_doc()},
        .body = "BatchLine",
        .answer = "batch",
        .errors = {Code::kInvalidValue, Code::kNotFound, Code::kConflict, Code::kCycle,
                   Code::kClaimed, Code::kKeyReused},
        .body_type = "application/x-ndjson"},
       run},
  };
}

}  // namespace taskman::http
