// What was done: reports of work on many things, and of the daemon itself.

#include <array>

#include "common/wire/schema_table.hpp"

namespace taskman::wire {
namespace {

constexpr std::array kBatchReport{
    PropertyDoc{"dry_run", "bool", "nothing was changed"},
    PropertyDoc{"results", "[@BatchResult]", "one per line"},
    PropertyDoc{"changes", "[@Change]", "of a dry run: what the changeset would hold"},
};

constexpr std::array kBatchResult{
    PropertyDoc{"line", "int", "from 1"},
    PropertyDoc{"verb", "text", ""},
    PropertyDoc{"id", "int|text", "what it made or acted on"},
};

constexpr std::array kImportReport{
    PropertyDoc{"dry_run", "bool", "nothing was stored"},
    PropertyDoc{"created", "int", ""},
    PropertyDoc{"updated", "int", ""},
    PropertyDoc{"unchanged", "int", ""},
    PropertyDoc{"invalid", "int", "lines left out"},
    PropertyDoc{"results", "[@ImportResult]", "one per line, in order"},
};

constexpr std::array kImportResult{
    PropertyDoc{"line", "int", "of the request body, from 1"},
    PropertyDoc{"kind", "text",
                "task, project, sprint, comment; empty when the line cannot be read"},
    PropertyDoc{"outcome", "text", "created, updated, unchanged or invalid"},
    PropertyDoc{"id", "id|text?", "in the store"},
    PropertyDoc{"message", "text?", "why it is invalid"},
};

constexpr std::array kUndoReport{
    PropertyDoc{"verb", "text", "undo or redo"},
    PropertyDoc{"rev", "int?", "the changeset that did it; null in a dry run"},
    PropertyDoc{"of", "int", "the changeset it took back"},
    PropertyDoc{"original", "int", "the change that is gone now, or there again"},
    PropertyDoc{"at", "time?", "when the original was made; null when the log forgot it"},
    PropertyDoc{"what", "text", "the original in words"},
    PropertyDoc{"changes", "[@Change]?", "of a dry run; else null: the log has them"},
};

constexpr std::array kUndoItem{
    PropertyDoc{"rev", "int", ""},
    PropertyDoc{"at", "time", ""},
    PropertyDoc{"actor", "text", ""},
    PropertyDoc{"what", "text", "in words"},
    PropertyDoc{"state", "text", "done or undone"},
    PropertyDoc{"undone_by", "int?", "the changeset that took it back"},
    PropertyDoc{"undoable", "bool", "it can be taken back now"},
    PropertyDoc{"reason", "text?", "why it cannot"},
};

constexpr std::array kBackupReport{
    PropertyDoc{"path", "text", ""},
    PropertyDoc{"bytes", "int", ""},
};

constexpr std::array kHealth{
    PropertyDoc{"status", "text", "ok"},
    PropertyDoc{"version", "text", "of the daemon"},
    PropertyDoc{"store", "text", "the store's id"},
    PropertyDoc{"database", "text", "its path"},
    PropertyDoc{"pid", "int", ""},
    PropertyDoc{"started_at", "time", ""},
    PropertyDoc{"head", "cursor", "the newest revision"},
    PropertyDoc{"oldest", "cursor", "the lowest a reader can resume from"},
};

constexpr auto kRead = Direction::kRead;

constexpr std::array kReports{
    ObjectDoc{"BatchReport", "the outcome of a batch", kRead, kBatchReport, ""},
    ObjectDoc{"BatchResult", "the outcome of a line", kRead, kBatchResult, ""},
    ObjectDoc{"ImportReport", "the outcome of an import", kRead, kImportReport, ""},
    ObjectDoc{"ImportResult", "the outcome of one line", kRead, kImportResult, ""},
    ObjectDoc{"UndoReport", "an undo or a redo", kRead, kUndoReport, ""},
    ObjectDoc{"UndoItem", "a changeset that can be taken back, or why not", kRead, kUndoItem, ""},
    ObjectDoc{"BackupReport", "a backup", kRead, kBackupReport, ""},
    ObjectDoc{"Health", "the daemon and its log", kRead, kHealth, ""},
};

}  // namespace

std::span<const ObjectDoc> report_docs() { return kReports; }

}  // namespace taskman::wire
