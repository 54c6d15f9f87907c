#include "cli/git/hooks.hpp"

#include <filesystem>
#include <system_error>

#include "common/error/error.hpp"
#include "common/util/file.hpp"

namespace taskman::git {
namespace {

namespace fs = std::filesystem;
using error::Code;
using error::Error;

constexpr std::string_view kMark =
    "# Made by `taskman git install`; `taskman git uninstall` takes it away.";

/// A commit is never held up for long, nor refused because taskman is missing, old or ill: only
/// --strict refuses, and only what exit code 3 says. Three seconds in all: before the commit one,
/// after it two.
std::string patience(std::string_view hook) {
  return hook == kHooks.front() ? " --timeout 1s" : " --timeout 2s";
}

[[noreturn]] void refuse(const std::string& doing, const std::string& file,
                         const std::string& reason) {
  throw Error(Code::kInvalidValue, "cannot " + doing + " " + file + ": " + reason);
}

std::string command(std::string_view hook) { return "taskman git hook " + std::string(hook); }

}  // namespace

std::string hook_line(std::string_view hook) {
  return command(hook) + patience(hook) + R"( -- "$@" || :)";
}

std::string hook_script(std::string_view hook, Strictness strictness) {
  std::string script =
      "#!/bin/sh\n" + std::string(kMark) + "\nif command -v taskman >/dev/null 2>&1; then\n  ";
  if (hook == kHooks.front() && strictness == Strictness::kRefuse) {
    script += command(hook) + patience(hook) + " --strict -- \"$@\"\n  [ $? -ne 3 ] || exit 1\n";
  } else {
    script += hook_line(hook) + "\n";
  }
  if (hook != kHooks.front()) {
    script +=
        "elif git log -1 --format=%B | grep -Eiq '^(closes|fixes|refs): *#[0-9]'; then\n"
        "  echo 'taskman is not on PATH: the tasks of this commit were left alone' >&2\n";
  }
  return script + "fi\nexit 0\n";
}

HookState state_of(const std::string& file, std::string_view script, std::string_view hook) {
  std::error_code unknown;
  const auto kind = fs::symlink_status(file, unknown).type();
  if (kind == fs::file_type::not_found || kind == fs::file_type::none) return HookState::kAbsent;
  std::string content;
  try {
    content = util::read_regular_file(file).value_or("");
  } catch (const std::exception&) {
    return HookState::kForeign;  // a folder, or nothing we may read: not ours in any case
  }
  if (content == script) return HookState::kOurs;
  if (content.find(kMark) != std::string::npos) return HookState::kOurOld;
  return content.find(command(hook)) != std::string::npos ? HookState::kCallsUs
                                                          : HookState::kForeign;
}

void write_hook(const std::string& file, std::string_view script) {
  using fs::perms;
  try {
    fs::create_directories(fs::path(file).parent_path());
    util::replace_file(file, script);
    fs::permissions(file, perms::owner_all | perms::group_read | perms::group_exec |
                              perms::others_read | perms::others_exec);
  } catch (const std::system_error& failure) {
    refuse("write", file, failure.code().message());
  }
}

void remove_hook(const std::string& file) {
  std::error_code failed;
  if (!fs::remove(file, failed) && failed) refuse("remove", file, failed.message());
}

}  // namespace taskman::git
