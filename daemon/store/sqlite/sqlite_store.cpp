#include "daemon/store/sqlite/sqlite_store.hpp"

#include <fmt/core.h>
#include <sqlite3.h>

#include <system_error>
#include <utility>

#include "common/error/error.hpp"
#include "common/util/random.hpp"
#include "daemon/store/sqlite/backup.hpp"
#include "daemon/store/sqlite/log_rows.hpp"
#include "daemon/store/sqlite/schema.hpp"

namespace taskman::store::sqlite {
namespace {

namespace fs = std::filesystem;

fs::path checked_path(const fs::path& path, const Options& options) {
  fs::path real = prepare_file(path);
  refuse_second_name(real);
  if (options.network_files == NetworkFiles::kRefuse) refuse_network(real);
  return real;
}

std::int64_t size_of(const std::string& path) {
  std::error_code failure;
  const auto size = fs::file_size(path, failure);
  return failure ? 0 : static_cast<std::int64_t>(size);
}

/// Facts a store is born with; there is nothing to do for one that has them.
void give_identity(Connection& connection, util::Random& random) {
  if (!connection.value_of("SELECT 1 FROM meta WHERE name = 'store_id'").empty()) return;
  connection.execute("BEGIN IMMEDIATE");
  const auto put = [&](std::string_view name, const std::string& value) {
    connection.query("INSERT INTO meta (name, value) VALUES (?, ?)").bind(name).bind(value).run();
  };
  put("store_id", random.token());
  put("log_base_rev", "0");
  put("log_base_chain", std::to_string(static_cast<std::int64_t>(random.next())));
  connection.execute("COMMIT");
}

}  // namespace

SqliteStore::SqliteStore(const fs::path& path, const Options& options,
                         std::span<const Migration> steps)
    : options_(options),
      steps_(steps),
      path_(checked_path(path, options)),
      lock_(path_),
      ballast_(path_) {
  lock_.check_log();
  lock_.name_holder(options.holder);
  check_header(path_);
  auto connection = open_writer();
  ballast_.keep();
  id_ = connection->value_of("SELECT value FROM meta WHERE name = 'store_id'");
  published_.head.with([&](model::Cursor& head) { head = log_range(*connection).head; });
  const Identity identity(path_);
  writer_ = std::make_unique<Writer>(
      std::make_unique<Committer>(std::move(connection), identity, options_, published_));
  readers_ = std::make_unique<Readers>(path_.string(), identity, *options_.clock, statements_);
}

SqliteStore::~SqliteStore() {
  readers_.reset();
  if (writer_ != nullptr && writer_->close()) lock_.mark_clean();
}

std::unique_ptr<Connection> SqliteStore::open_writer() {
  try {
    return open_in_little_room();
  } catch (const error::Error& failure) {
    // Below here nobody knows the file; who gets to read this may have several.
    if (failure.message().find(path_.string()) != std::string::npos) throw;
    throw error::Error(failure.code(), path_.string() + ": " + failure.message(), failure.hint());
  }
}

std::unique_ptr<Connection> SqliteStore::open_in_little_room() {
  const auto attempt = [&] {
    auto connection = std::make_unique<Connection>(path_.string(), Access::kReadWrite, statements_);
    prepare(*connection);
    return connection;
  };
  try {
    return attempt();
  } catch (const StorageFailure& failure) {
    // A full disk shows as any of these: a log or its index that cannot be made.
    const bool may_be_room =
        failure.trouble() == Trouble::kFull || failure.trouble() == Trouble::kIo;
    if (!may_be_room || !ballast_.release()) throw;
    notice("no room to open the database: the ballast file was given up");
    return attempt();
  }
}

void SqliteStore::prepare(Connection& connection) {
  const int newest = static_cast<int>(steps_.size());
  const int version = read_version(connection, newest);
  configure_writer(connection);
  if (lock_.was_left_behind() && version > 0) {
    notice("the last daemon did not stop cleanly: checking the database");
    quick_check(connection);
  }
  if (version > 0 && version < newest) {
    const fs::path copy =
        free_name(fmt::format("{}.backup-v{}", path_.string(), version), options_.clock->now());
    copy_database(path_, copy);
    notice(fmt::format("schema {} becomes {}; the database before it is kept as {}", version,
                       newest, copy.string()));
  }
  migrate(connection, version, steps_);
  give_identity(connection, *options_.random);
}

void SqliteStore::notice(std::string_view line) const {
  if (options_.notice) options_.notice(line);
}

void SqliteStore::read(Extent extent, const std::function<void(ReadTx&)>& use) {
  readers_->read(extent, use);
}

model::Cursor SqliteStore::write(const std::function<void(WriteTx&)>& change, Commit commit) {
  return writer_->write(change, commit);
}

model::Cursor SqliteStore::head() const {
  return published_.head.with([](const model::Cursor& head) { return head; });
}

void SqliteStore::backup_to(const std::string& path) { copy_database(path_, path); }

Figures SqliteStore::figures() const {
  return {.commits = published_.commits.load(),
          .transactions = published_.transactions.load(),
          .statements = statements_.load(),
          .wal_bytes = size_of(path_.string() + "-wal"),
          .database_bytes = size_of(path_.string()),
          .writers_waiting = writer_->waiting()};
}

void SqliteStore::checkpoint() {
  writer_->run([](Connection& connection) {
    // Readers are short; one that is not must not hold up the writers behind this.
    constexpr int kPatience = 100;
    constexpr int kUsual = 5000;
    sqlite3_busy_timeout(connection.handle(), kPatience);
    const int result = sqlite3_wal_checkpoint_v2(connection.handle(), nullptr,
                                                 SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    sqlite3_busy_timeout(connection.handle(), kUsual);
    if (result != SQLITE_BUSY) connection.check(result);
  });
  ballast_.keep();
}

}  // namespace taskman::store::sqlite
