#include "daemon/feed/snapshot.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "common/error/error.hpp"
#include "common/wire/import.hpp"
#include "common/wire/json.hpp"
#include "daemon/feed/selection.hpp"
#include "daemon/feed/stream_text.hpp"

namespace taskman::feed {
namespace {

using error::Code;
using error::Error;

constexpr std::size_t kPiece = 64 * 1024;
constexpr std::int64_t kTasksAtOnce = 200;

util::Fd nameless_file() {
  constexpr const char* kFolder = "/var/tmp";  // on a disk; /tmp may be memory
  util::Fd file(::open(kFolder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (!file) file.reset(::open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (!file) {
    throw Error(Code::kStorageUnavailable,
                std::string("no place for a snapshot: ") + std::strerror(errno),
                "/var/tmp or /tmp has to be writable");
  }
  return file;
}

/// Writes what a stream says into a file.
class Writer {
 public:
  explicit Writer(Encoding encoding) : encoding_(encoding) {}

  void add(const std::string& thing) {
    text_ += snapshot_text(encoding_, thing);
    ++things_;
    if (text_.size() >= kPiece) flush();
  }

  Spool finish(const model::Cursor& cursor) && {
    text_ += snapshot_end_text(encoding_, cursor, things_);
    flush();
    return {.file = std::move(file_), .size = size_, .cursor = cursor};
  }

 private:
  void flush() {
    std::string_view rest = text_;
    while (!rest.empty()) {
      const ssize_t written = ::write(file_.get(), rest.data(), rest.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) {
        throw Error(errno == ENOSPC ? Code::kDiskFull : Code::kStorageUnavailable,
                    std::string("cannot write a snapshot: ") + std::strerror(errno),
                    "make room in /var/tmp");
      }
      rest.remove_prefix(static_cast<std::size_t>(written));
    }
    size_ += static_cast<off_t>(text_.size());
    text_.clear();
  }

  const Encoding encoding_;
  util::Fd file_ = nameless_file();
  std::string text_;
  off_t size_ = 0;
  std::int64_t things_ = 0;
};

void add_tasks(store::ReadTx& tx, const Selection& selection, Writer& writer) {
  store::TaskQuery query{.filter = selection.filter.value_or(filter::Expr{}),
                         .context = selection.context,
                         .sort = {{.key = store::SortKey::kId}},
                         .limit = kTasksAtOnce};
  do {
    const auto page = tx.list_tasks(query);
    for (const auto& task : page.items) {
      if (is_in_view(selection, task)) writer.add(wire::encode_export(task));
    }
    query.page = page.next;
  } while (query.page);
}

void add_sprints(store::ReadTx& tx, const Selection& selection, Writer& writer) {
  for (const auto& sprint : tx.sprints()) {
    if (!is_in_view(selection, sprint)) continue;
    writer.add(wire::encode_export(sprint));
    writer.add(wire::object_of({{"kind", wire::quote("sprint.progress")},
                                {"id", std::to_string(sprint.id.value)},
                                {"progress", wire::encode(tx.progress_of(sprint.id))}}));
  }
}

void add_projects(store::ReadTx& tx, const Selection& selection, Writer& writer) {
  for (const auto& project : tx.projects()) {
    if (is_in_view(selection, project)) writer.add(wire::encode_export(project));
  }
}

}  // namespace

Spool take_snapshot(store::ReadTx& tx, const Selection& selection, Encoding encoding) {
  Writer writer(encoding);
  add_projects(tx, selection, writer);
  add_sprints(tx, selection, writer);
  add_tasks(tx, selection, writer);
  return std::move(writer).finish(tx.log_range().head);
}

}  // namespace taskman::feed
