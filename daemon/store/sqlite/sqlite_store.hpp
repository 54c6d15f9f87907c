#pragma once
// The store in one SQLite file. See docs/architecture.md for its threads; every method may be
// called from any thread. Members are in the order they start.

#include <atomic>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "daemon/store/open.hpp"
#include "daemon/store/sqlite/committer.hpp"
#include "daemon/store/sqlite/files.hpp"
#include "daemon/store/sqlite/migrations.hpp"
#include "daemon/store/sqlite/readers.hpp"
#include "daemon/store/sqlite/writer.hpp"
#include "daemon/store/store.hpp"

namespace taskman::store::sqlite {

class SqliteStore final : public Store, public Backup, public Measured, public Maintained {
 public:
  /// Opens or creates the file. Throws as store::open.
  SqliteStore(const std::filesystem::path& path, const Options& options,
              std::span<const Migration> steps = migrations());
  /// Finishes accepted writes, merges the log, releases the lock.
  ~SqliteStore() override;

  std::string id() const override { return id_; }
  using Store::read;
  void read(Extent extent, const std::function<void(ReadTx&)>& use) override;
  model::Cursor write(const std::function<void(WriteTx&)>& change, Commit commit) override;
  model::Cursor head() const override;

  void backup_to(const std::string& path) override;
  Figures figures() const override;
  void checkpoint() override;

 private:
  std::unique_ptr<Connection> open_writer();
  /// Gives the ballast up when there is no room to open the file.
  std::unique_ptr<Connection> open_in_little_room();
  void prepare(Connection& connection);
  void notice(std::string_view line) const;

  const Options options_;
  const std::span<const Migration> steps_;
  const std::filesystem::path path_;
  mutable std::atomic<std::int64_t> statements_{0};
  Published published_;
  Lock lock_;
  Ballast ballast_;
  std::string id_;
  std::unique_ptr<Writer> writer_;
  std::unique_ptr<Readers> readers_;
};

}  // namespace taskman::store::sqlite
