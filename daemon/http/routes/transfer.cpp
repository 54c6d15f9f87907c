// Import, export, backup.

#include "daemon/service/transfer.hpp"

#include "common/error/error.hpp"
#include "common/wire/paths.hpp"
#include "common/wire/views.hpp"
#include "daemon/http/routes/common.hpp"
#include "daemon/service/operations.hpp"

namespace taskman::http {
namespace {

using error::Code;

constexpr std::string_view kNdjson = "application/x-ndjson";

Reply import(Services& services, const Request& request) {
  const auto invalid = flag_param(request, "skip_invalid") ? service::InvalidLines::kSkip
                                                           : service::InvalidLines::kRefuseAll;
  return reply_of(services.transfer.import(write_of(request), request.body, invalid));
}

Reply export_all(Services& services, const Request&) {
  auto document = services.transfer.export_all();
  const std::string cursor = model::to_string(document.cursor);
  Reply reply{.content_type = std::string(kNdjson), .body = std::move(document.text)};
  reply.headers = {{std::string(wire::kCursorHeader), cursor}, {"ETag", '"' + cursor + '"'}};
  return reply;
}

Reply backup(Services& services, const Request& request) {
  return fleeting_reply_of(services.operations.backup(wire::decode_backup_command(request.body)));
}

}  // namespace

std::vector<Route> transfer_routes() {
  return {
      {{.method = "POST",
        .path = wire::kImport,
        .operation = "importRecords",
        .tag = "transfer",
        .summary = "Records, one a line, in one transaction",
        .query = {{"skip_invalid", "1: leave bad lines out instead of refusing all",
                   R"({"type":"boolean"})"},
                  dry_run_doc()},
        .body = "ImportTask",
        .answer = "import",
        .errors = {Code::kInvalidValue, Code::kConflict, Code::kKeyReused},
        .body_type = kNdjson},
       import},
      {{.method = "GET",
        .path = wire::kExport,
        .operation = "exportRecords",
        .tag = "transfer",
        .summary = "Everything as records, one a line, for import",
        .answer_type = kNdjson},
       export_all},
      {{.method = "POST",
        .path = wire::kBackup,
        .operation = "backupStore",
        .tag = "transfer",
        .summary = "A checked copy of the store on the daemon's disk",
        .body = "BackupCommand",
        .answer = "backup",
        .errors = {Code::kInvalidValue, Code::kConflict, Code::kNotImplemented}},
       backup},
  };
}

}  // namespace taskman::http
