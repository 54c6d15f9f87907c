#include "daemon/flags.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "common/config/settings.hpp"
#include "common/error/error.hpp"
#include "common/time/text.hpp"
#include "common/util/text.hpp"
#include "daemon/log_file.hpp"

namespace taskman {
namespace {

using error::Code;
using error::Error;

struct Row {
  FlagDoc doc;
  void (*apply)(Flags& flags, const std::string& value);
};

[[noreturn]] void refuse(std::string_view flag, const std::string& value,
                         const std::string& wanted) {
  throw Error(Code::kUsage, std::string(flag) + ": '" + value + "' is not " + wanted);
}

void set_level(Flags& flags, const std::string& value) {
  flags.log_level = find_log_level(value);
  if (!flags.log_level) refuse("--log-level", value, "one of debug, info, warning, error");
}

void set_ready_fd(Flags& flags, const std::string& value) {
  const auto number = util::parse_integer(value);
  if (!number || *number < 1 || *number > 1'000'000)
    refuse("--ready-fd", value, "a descriptor's number");
  flags.ready_fd = static_cast<int>(*number);
}

void set_idle_exit(Flags& flags, const std::string& value) {
  flags.idle_exit = time::parse_duration(value);
  if (!flags.idle_exit || flags.idle_exit->count() == 0)
    refuse("--idle-exit", value, "a duration such as 30m");
}

void set_keep_changes(Flags& flags, const std::string& value) {
  flags.keep_changes = config::parse_retention(value);
  if (!flags.keep_changes) refuse("--keep-changes", value, "all, 90d, 1000000 or 90d,1000000");
}

constexpr std::array kRows{
    Row{{"--db", "PATH|URL",
         "the database; default $TASKMAN_DB, else ~/.local/share/taskman/taskman.db"},
        [](Flags& flags, const std::string& value) { flags.database = value; }},
    Row{{"--socket", "PATH", "the Unix socket to listen on; default: by the database"},
        [](Flags& flags, const std::string& value) { flags.socket = value; }},
    Row{{"--log", "FILE", "the log; default ~/.local/state/taskman/taskmand.log"},
        [](Flags& flags, const std::string& value) { flags.log = value; }},
    Row{{"--log-level", "LEVEL", "debug, info, warning or error; default info"}, set_level},
    Row{{"--foreground", "", "log to stderr, unless --log names a file"},
        [](Flags& flags, const std::string&) { flags.log_to = Flags::LogTo::kStderr; }},
    Row{{"--ready-fd", "N", "write `ready`, or `error` and the reason, to this descriptor"},
        set_ready_fd},
    Row{{"--idle-exit", "DURATION", "end after so long without a connection; default never"},
        set_idle_exit},
    Row{{"--listen", "ADDRESS:PORT",
         "listen on TCP too, on 127.0.0.1 or [::1]; the token lies beside the socket"},
        [](Flags& flags, const std::string& value) { flags.listen = value; }},
    Row{{"--keep-changes", "AGE,COUNT",
         "forget changes older than AGE (90d), and those beyond the newest COUNT; default all"},
        set_keep_changes},
    Row{{"--restore", "FILE", "put a backup into the database's place, then end"},
        [](Flags& flags, const std::string& value) { flags.restore = value; }},
    Row{{"--allow-network-files", "", "run on a network file system all the same"},
        [](Flags& flags, const std::string&) {
          flags.network_files = store::NetworkFiles::kAllow;
        }},
    Row{{"--version", "", "print the version"},
        [](Flags& flags, const std::string&) { flags.run = Flags::Run::kVersion; }},
    Row{{"--help", "", "print this"},
        [](Flags& flags, const std::string&) { flags.run = Flags::Run::kHelp; }},
};

const Row& find_row(std::string_view name) {
  const auto row = std::ranges::find(kRows, name, [](const Row& each) { return each.doc.name; });
  if (row != kRows.end()) return *row;
  throw Error(Code::kUsage, "unknown argument '" + std::string(name) + "'", "see taskmand --help");
}

}  // namespace

Flags parse_flags(const std::vector<std::string>& arguments) {
  Flags flags;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    const auto equals = argument.find('=');
    const Row& row =
        find_row(argument == "-h" ? "--help" : std::string_view(argument).substr(0, equals));
    std::string value;
    if (row.doc.value.empty()) {
      if (equals != std::string::npos)
        throw Error(Code::kUsage, std::string(row.doc.name) + " takes no value");
    } else if (equals != std::string::npos) {
      value = argument.substr(equals + 1);
    } else if (i + 1 < arguments.size()) {
      value = arguments[++i];
    }
    if (!row.doc.value.empty() && value.empty()) {
      throw Error(Code::kUsage,
                  std::string(row.doc.name) + " needs a value: " + std::string(row.doc.value));
    }
    row.apply(flags, value);
  }
  return flags;
}

std::vector<FlagDoc> flag_docs() {
  std::vector<FlagDoc> docs;
  for (const Row& row : kRows) docs.push_back(row.doc);
  return docs;
}

std::string help_text() {
  constexpr std::size_t kColumn = 26;
  std::string text =
      "usage: taskmand [flags]\n\nThe taskman daemon. `taskman` starts it when it is needed.\n\n";
  for (const FlagDoc& flag : flag_docs()) {
    std::string left = "  " + std::string(flag.name);
    if (!flag.value.empty()) left += ' ' + std::string(flag.value);
    left.resize(std::max(kColumn, left.size() + 2), ' ');
    text += left + std::string(flag.summary) + '\n';
  }
  return text +
         "\nSIGTERM and SIGINT end it, SIGHUP reads the settings again and reopens the log.\n";
}

}  // namespace taskman
