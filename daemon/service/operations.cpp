#include "daemon/service/operations.hpp"

#include <filesystem>
#include <system_error>

#include "common/error/error.hpp"
#include "common/wire/views.hpp"
#include "daemon/service/answers.hpp"

namespace taskman::service {
namespace {

using error::Code;
using error::Error;

}  // namespace

Reading Operations::health(Phase phase) const {
  Reading answer;
  base_.store.read([&](store::ReadTx& tx) {
    const auto range = tx.log_range();
    answer = health(phase, range.head, tx.cursor_at(range.oldest).value_or(range.head));
  });
  return answer;
}

Reading Operations::goodbye() const {
  try {
    return health(Phase::kStopping);
  } catch (const Error&) {
    const auto head = base_.store.head();
    return health(Phase::kStopping, head, head);
  }
}

Reading Operations::health(Phase phase, const model::Cursor& head,
                           const model::Cursor& oldest) const {
  const wire::Health health{.status = phase == Phase::kServing ? "ok" : "stopping",
                            .version = about_.version,
                            .store = base_.store.id(),
                            .database = about_.database,
                            .pid = about_.pid,
                            .started_at = about_.started_at,
                            .head = model::to_string(head),
                            .oldest = model::to_string(oldest)};
  return reading({.kind = "health", .data = wire::encode(health)}, head);
}

Reading Operations::backup(const std::string& path) const {
  auto* backup = dynamic_cast<store::Backup*>(&base_.store);
  if (backup == nullptr)
    throw Error(Code::kNotImplemented, "this store cannot be copied while it runs");
  if (!std::filesystem::path(path).is_absolute()) {
    throw Error(Code::kInvalidValue, "backup path '" + path + "' is not absolute",
                "give the whole path", {{"path", "not absolute"}});
  }
  backup->backup_to(path);
  std::error_code unknown;
  const auto bytes = std::filesystem::file_size(path, unknown);
  const wire::BackupReport report{.path = path,
                                  .bytes = unknown ? 0 : static_cast<std::int64_t>(bytes)};
  return reading({.kind = "backup", .data = wire::encode(report)}, base_.store.head());
}

}  // namespace taskman::service
