#include <fmt/core.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "cli/commands/files.hpp"
#include "cli/commands/print.hpp"
#include "cli/commands/values.hpp"
#include "cli/session/busy.hpp"
#include "common/error/error.hpp"
#include "common/util/shell.hpp"
#include "common/util/text.hpp"
#include "common/wire/paths.hpp"
#include "common/wire/views.hpp"

namespace taskman::cli {
namespace {

namespace fs = std::filesystem;
using error::Code;
using error::Error;

constexpr std::array kArgs{
    Arg{.name = "FILE", .complete = Complete::kFile, .help = "the file to write"},
};
constexpr std::array kFlags{
    Flag{.name = "force", .value = "", .help = "replace FILE when it exists", .letter = 'f'},
};
constexpr std::array kExamples{
    Example{"taskman backup tasks-$(date +%F).db", "a new file every day"},
    Example{"taskman backup latest.db --force", "the old one stays until the new one is checked"},
};

/// Only the command knows how the file was named; the daemon would tell of its own storage.
void check_folder_of(const fs::path& path) {
  const fs::path folder = path.parent_path();
  std::error_code unknown;
  const auto kind = fs::status(folder, unknown).type();
  if (kind == fs::file_type::not_found) {
    throw Error(Code::kInvalidValue, fmt::format("there is no folder {}", folder.string()),
                "make it first: mkdir -p " + util::shell_word(folder.string()));
  }
  if (!unknown && kind != fs::file_type::directory) {
    throw Error(Code::kInvalidValue, fmt::format("{} is not a folder", folder.string()),
                "name a file in a folder");
  }
}

/// --force replaces a backup: no other file, no log or lock of a store, and no store in use.
void check_replaceable(const std::string& path) {
  constexpr std::string_view kMagic = "SQLite format 3";
  std::string head(kMagic.size(), '\0');
  std::ifstream(path, std::ios::binary)
      .read(head.data(), static_cast<std::streamsize>(head.size()));
  if (head != kMagic) {
    throw Error(Code::kConflict, fmt::format("{} is not a backup", path),
                "name another file, or remove it first");
  }
  if (fs::exists(path + ".lock") || fs::exists(path + "-wal")) {
    throw Error(Code::kConflict, fmt::format("{} is the database of a store", path),
                "name another file");
  }
}

/// Where the daemon writes: FILE itself, or a name beside the file that it will replace.
std::string place_for(Session& session, const Invocation& invocation, const std::string& path) {
  std::error_code unknown;
  const auto kind = fs::status(path, unknown).type();
  if (kind == fs::file_type::not_found) {
    check_folder_of(path);
    return path;
  }
  if (fs::equivalent(path, session.target().paths.database, unknown)) {
    throw Error(Code::kConflict, fmt::format("{} is the database itself", path),
                "name another file");
  }
  if (kind != fs::file_type::regular) {
    throw Error(Code::kConflict, fmt::format("{} exists and is not a file", path),
                "name another file");
  }
  if (!invocation.has("force")) {
    throw Error(Code::kConflict, fmt::format("{} exists already", path),
                "name another file, or replace it with --force");
  }
  check_replaceable(path);
  return path + ".new-" + session.world().random->token();
}

/// The file is what it was, or the new backup.
void put_in_place(const std::string& written, const std::string& path) {
  if (written == path || std::rename(written.c_str(), path.c_str()) == 0) return;
  const auto reason = std::error_code(errno, std::generic_category()).message();
  std::remove(written.c_str());
  throw Error(Code::kStorageUnavailable, fmt::format("cannot replace {}: {}", path, reason),
              "name another file");
}

int run(Session& session, const Invocation& invocation) {
  const auto path = absolute_path(session, invocation.first("FILE").value());
  const auto place = place_for(session, invocation, path);
  std::optional<Busy> busy(std::in_place, session, "copying and checking");
  auto answer = session.api().write({.method = "POST",
                                     .path = std::string(wire::kBackup),
                                     .body = wire::encode_backup_command(place)});
  put_in_place(place, path);
  busy.reset();
  auto report = wire::decode_backup_report(answer.data);
  report.path = path;
  answer.data = wire::encode(report);
  return print_document(session, answer,
                        fmt::format("backed up to {} ({})\n", util::escape_for_terminal(path),
                                    size_text(report.bytes)));
}

}  // namespace

extern const Command kBackup;
constinit const Command kBackup{
    .noun = "",
    .verb = "backup",
    .summary = "copy the store into a file, while everything goes on",
    .description =
        "The copy is checked whole before FILE is there. taskman restore puts it back; any SQLite "
        "program can read it.",
    .args = kArgs,
    .flags = kFlags,
    .examples = kExamples,
    .output = Output::kText,
    .answers = backup_kind,
    .patience = Patience::kLong,
    .run = run};

}  // namespace taskman::cli
