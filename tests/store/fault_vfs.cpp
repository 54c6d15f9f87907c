#include "store/fault_vfs.hpp"

#include <sqlite3.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <string>

namespace taskman::test {
namespace {

namespace fs = std::filesystem;

std::atomic<Fault> fault{Fault::kNone};
std::atomic<std::int64_t> left{0};
std::atomic<bool> goes_on{false};
std::atomic<bool> only_syncs{false};
std::atomic<bool> was_struck{false};
std::atomic<bool> remembering{false};

enum class Operation { kSync, kOther };

/// SQLITE_OK, or the code this operation is to fail with.
int strike(Operation operation, int failure, int no_space) {
  if (fault == Fault::kNone || (only_syncs && operation != Operation::kSync)) return SQLITE_OK;
  const std::int64_t number = left.fetch_sub(1);
  if (number > 1 || (number < 1 && !goes_on)) return SQLITE_OK;
  was_struck = true;
  if (fault == Fault::kExit) ::_exit(42);
  return fault == Fault::kFail ? failure : no_space;
}

/// Lies before the real file in one allocation.
struct File {
  sqlite3_file base;
  const char* name;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
File& of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
sqlite3_file* real(sqlite3_file* file) { return of(file).real(); }

int close_file(sqlite3_file* file) { return real(file)->pMethods->xClose(real(file)); }
int read_file(sqlite3_file* file, void* into, int count, sqlite3_int64 at) {
  return real(file)->pMethods->xRead(real(file), into, count, at);
}
int write_file(sqlite3_file* file, const void* from, int count, sqlite3_int64 at) {
  const int code = strike(Operation::kOther, SQLITE_IOERR_WRITE, SQLITE_FULL);
  // A write that fails may have done a part of its work.
  if (code != SQLITE_OK) real(file)->pMethods->xWrite(real(file), from, count / 2, at);
  return code != SQLITE_OK ? code : real(file)->pMethods->xWrite(real(file), from, count, at);
}
int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  const int code = strike(Operation::kOther, SQLITE_IOERR_TRUNCATE, SQLITE_FULL);
  return code != SQLITE_OK ? code : real(file)->pMethods->xTruncate(real(file), size);
}
// Never goes on to the disk, which would take most of a test's time: that and when it is asked for
// is what counts here, and lose_power takes away what it was not asked for.
int sync_file(sqlite3_file* file, int) {
  const int code = strike(Operation::kSync, SQLITE_IOERR_FSYNC, SQLITE_IOERR_FSYNC);
  if (code != SQLITE_OK) return code;
  if (remembering && of(file).name != nullptr) {
    fs::copy_file(of(file).name, std::string(of(file).name) + ".synced",
                  fs::copy_options::overwrite_existing);
  }
  return SQLITE_OK;
}
int size_file(sqlite3_file* file, sqlite3_int64* size) {
  return real(file)->pMethods->xFileSize(real(file), size);
}
int lock_file(sqlite3_file* file, int level) {
  return real(file)->pMethods->xLock(real(file), level);
}
int unlock_file(sqlite3_file* file, int level) {
  return real(file)->pMethods->xUnlock(real(file), level);
}
int check_lock(sqlite3_file* file, int* out) {
  return real(file)->pMethods->xCheckReservedLock(real(file), out);
}
int control_file(sqlite3_file* file, int op, void* argument) {
  return real(file)->pMethods->xFileControl(real(file), op, argument);
}
int sector_size(sqlite3_file* file) { return real(file)->pMethods->xSectorSize(real(file)); }
int characteristics(sqlite3_file* file) {
  return real(file)->pMethods->xDeviceCharacteristics(real(file));
}
int map_shared(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
  return real(file)->pMethods->xShmMap(real(file), page, size, extend, out);
}
int lock_shared(sqlite3_file* file, int offset, int count, int flags) {
  return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}
void barrier_shared(sqlite3_file* file) { real(file)->pMethods->xShmBarrier(real(file)); }
int unmap_shared(sqlite3_file* file, int remove) {
  return real(file)->pMethods->xShmUnmap(real(file), remove);
}

constexpr sqlite3_io_methods kMethods{2,
                                      close_file,
                                      read_file,
                                      write_file,
                                      truncate_file,
                                      sync_file,
                                      size_file,
                                      lock_file,
                                      unlock_file,
                                      check_lock,
                                      control_file,
                                      sector_size,
                                      characteristics,
                                      map_shared,
                                      lock_shared,
                                      barrier_shared,
                                      unmap_shared,
                                      nullptr,
                                      nullptr};

sqlite3_vfs* under(sqlite3_vfs* vfs) { return static_cast<sqlite3_vfs*>(vfs->pAppData); }

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out) {
  file->pMethods = nullptr;
  of(file).name = (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) != 0 ? name : nullptr;
  const bool creates =
      (flags & SQLITE_OPEN_CREATE) != 0 && name != nullptr && ::access(name, F_OK) != 0;
  if (creates) {
    const int code = strike(Operation::kOther, SQLITE_CANTOPEN, SQLITE_CANTOPEN);
    if (code != SQLITE_OK) return code;
  }
  const int code = under(vfs)->xOpen(under(vfs), name, of(file).real(), flags, out);
  if (code == SQLITE_OK) file->pMethods = &kMethods;
  return code;
}

int delete_file(sqlite3_vfs* vfs, const char* name, int sync) {
  const int code = strike(Operation::kOther, SQLITE_IOERR_DELETE, SQLITE_IOERR_DELETE);
  return code != SQLITE_OK ? code : under(vfs)->xDelete(under(vfs), name, sync);
}
// The rest of the file system calls belongs to the one below; it looks at its own vfs only.
int access_file(sqlite3_vfs* vfs, const char* name, int flags, int* out) {
  return under(vfs)->xAccess(under(vfs), name, flags, out);
}
int full_name(sqlite3_vfs* vfs, const char* name, int size, char* out) {
  return under(vfs)->xFullPathname(under(vfs), name, size, out);
}
int random_bytes(sqlite3_vfs* vfs, int count, char* out) {
  return under(vfs)->xRandomness(under(vfs), count, out);
}
int pause_for(sqlite3_vfs* vfs, int microseconds) {
  return under(vfs)->xSleep(under(vfs), microseconds);
}
int current_time(sqlite3_vfs* vfs, sqlite3_int64* out) {
  return under(vfs)->xCurrentTimeInt64(under(vfs), out);
}
int last_error(sqlite3_vfs* vfs, int size, char* out) {
  return under(vfs)->xGetLastError(under(vfs), size, out);
}

/// Before main, so before the program's first connection.
const bool kInstalled = [] {
  // As Connection does at its first use, which this is before.
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static sqlite3_vfs vfs;
  sqlite3_vfs* const system = sqlite3_vfs_find(nullptr);
  vfs = *system;
  vfs.iVersion = 2;
  vfs.szOsFile = static_cast<int>(sizeof(File)) + system->szOsFile;
  vfs.zName = "faulty";
  vfs.pAppData = system;
  vfs.xOpen = open_file;
  vfs.xDelete = delete_file;
  vfs.xAccess = access_file;
  vfs.xFullPathname = full_name;
  vfs.xRandomness = random_bytes;
  vfs.xSleep = pause_for;
  vfs.xCurrentTimeInt64 = current_time;
  vfs.xGetLastError = last_error;
  return sqlite3_vfs_register(&vfs, 1) == SQLITE_OK;
}();

}  // namespace

FaultPlan::FaultPlan(const Plan& plan) {
  was_struck = false;
  goes_on = plan.go_on;
  only_syncs = plan.only_syncs;
  left = plan.at;
  fault = plan.fault;
}

FaultPlan::~FaultPlan() { fault = Fault::kNone; }

bool FaultPlan::struck() const { return kInstalled && was_struck; }

void remember_syncs(bool on) { remembering = on; }

void lose_power(const fs::path& database) {
  fs::remove(database.string() + "-shm");
  for (const char* suffix : {"", "-wal"}) {
    const std::string file = database.string() + suffix;
    const std::string synced = file + ".synced";
    if (fs::exists(synced)) {
      if (fs::exists(file)) fs::copy_file(synced, file, fs::copy_options::overwrite_existing);
    } else {
      fs::remove(file);
    }
  }
}

}  // namespace taskman::test
