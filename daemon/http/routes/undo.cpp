// /api/v1/undo

#include "common/wire/undo.hpp"

#include "common/error/error.hpp"
#include "common/wire/paths.hpp"
#include "daemon/http/routes/common.hpp"
#include "daemon/service/history.hpp"

namespace taskman::http {
namespace {

using error::Code;

constexpr std::int64_t kListed = 20;
constexpr std::int64_t kMaxListed = 200;  // each is worked out

Reply list(Services& services, const Request& request) {
  const auto limit = integer_param(request, "limit", {1, kMaxListed}).value_or(kListed);
  return fleeting_reply_of(services.history.list(caller_of(request), limit));
}

Reply undo(Services& services, const Request& request) {
  return reply_of(services.history.undo(write_of(request), wire::decode_undo(request.body)));
}

}  // namespace

std::vector<Route> undo_routes() {
  return {
      {{.method = "GET",
        .path = wire::kUndo,
        .operation = "listUndo",
        .tag = "undo",
        .summary = "The caller's changesets, the newest first, and whether each can be undone",
        .query = {{"limit", "1 to 200; 20", R"({"type":"integer"})"}},
        .answer = "undo.list",
        .errors = {Code::kInvalidValue}},
       list},
      {{.method = "POST",
        .path = wire::kUndo,
        .operation = "undo",
        .tag = "undo",
        .summary = "Takes a changeset back as a whole: the caller's newest, or any",
        .query = {dry_run_doc()},
        .body = "Undo",
        .answer = "undo",
        .errors = {Code::kNotFound, Code::kConflict, Code::kKeyReused, Code::kNothing}},
       undo},
  };
}

}  // namespace taskman::http
