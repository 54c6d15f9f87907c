#include <algorithm>
#include <filesystem>

#include "cli/commands/files.hpp"
#include "cli/commands/mentions.hpp"
#include "cli/git/commit.hpp"
#include "cli/git/hooks.hpp"
#include "cli/git/work_tree.hpp"
#include "common/error/error.hpp"
#include "common/util/shell.hpp"
#include "common/util/text.hpp"

namespace taskman::cli {
namespace {

namespace fs = std::filesystem;
using error::Code;
using error::Error;

constexpr std::array kArgs{
    Arg{.name = "HOOK",
        .complete = Complete::kChoice,
        .help = "commit-msg, post-commit or post-merge",
        .choices = git::kHooks},
    Arg{.name = "WORD",
        .arity = Arity::kOptional,
        .complete = Complete::kFile,
        .help = "what git gives the hook: commit-msg the message's file (-: stdin), post-merge 1 "
                "for a squash"},
};
constexpr std::array kFlags{
    Flag{.name = "strict",
         .value = "",
         .help = "commit-msg: exit 3 when the message names a task there is not, or none where one "
                 "should be"},
};
constexpr std::array kExamples{
    Example{"taskman git hook commit-msg .git/COMMIT_EDITMSG", "which of its tasks are there"},
    Example{"taskman git hook post-commit", "what HEAD's message says, once"},
};

/// With the diff that `git commit --verbose` puts below the message.
constexpr Bound kBound{64 * 1024 * 1024, "commit without --verbose"};

/// Git runs hooks at the top, and says in GIT_PREFIX how to get to where it was called.
std::string user_folder(const World& world) {
  const auto& here = world.account.working_folder;
  auto prefix = world.environment("GIT_PREFIX").value_or("");
  while (prefix.ends_with('/')) prefix.pop_back();
  // Somebody else's hook may have gone into a folder of its choice before it calls us.
  if (prefix.empty() || here.empty() || !git::is_at_top()) return here;
  const fs::path folder = fs::path(here) / prefix;
  std::error_code unknown;
  return fs::is_directory(folder, unknown) ? folder.string() : "";
}

std::string message_of(Session& session, const Invocation& invocation) {
  const auto file = invocation.first("WORD");
  if (!file)
    throw Error(Code::kUsage, "the message's file is missing",
                "usage: taskman git hook commit-msg FILE");
  // It is named from the folder we run in, not from the user's.
  std::error_code gone;
  const auto path = fs::absolute(*file, gone).string();
  return read_input(session, *file == "-" || gone ? *file : path, kBound);
}

/// As the user has to call it.
std::string message_file(Session& session) {
  const fs::path file = session.invocation().first("WORD").value();
  const fs::path folder = session.world().account.working_folder;
  std::error_code gone;
  if (file.is_absolute() || folder == fs::current_path(gone)) return file.string();
  return fs::absolute(file, gone).lexically_relative(folder).string();
}

std::string unclear_text(const std::string& trailer) {
  return "'" + util::escape_for_terminal(trailer) + "' names no task; one is written #42";
}

/// With the code that the hook takes for a refusal; any other is no reason to keep a commit back.
[[noreturn]] void refuse(Session& session, const std::string& why) {
  throw Error(
      Code::kNotFound, "no commit: " + why,
      "mend what you wrote: git commit --edit --file " + util::shell_word(message_file(session)));
}

/// --strict.
void check_strictly(Session& session, const git::Mentions& mentions, const Outcomes& outcomes) {
  if (!mentions.unclear.empty()) refuse(session, unclear_text(mentions.unclear.front()));
  const auto unknown = std::ranges::find(outcomes, "unknown", &wire::GitMention::outcome);
  if (unknown != outcomes.end())
    refuse(session, unknown->trailer + ": #" + std::to_string(unknown->task) + ": " +
                        unknown->message.value_or(""));
}

int check_message(Session& session, const Invocation& invocation) {
  const auto mentions = git::mentions_in_message(message_of(session, invocation));
  const auto outcomes = check_tasks(session, mentions.tasks);
  if (invocation.has("strict")) check_strictly(session, mentions, outcomes);
  for (const auto& trailer : mentions.unclear) session.notice("taskman: " + unclear_text(trailer));
  return print_mentions(session, invocation, outcomes);
}

int act_on_commit(Session& session, const Invocation& invocation) {
  const auto commit = git::newest_commit();
  const auto mentions = git::mentions_in_message(commit.message);
  return print_mentions(session, invocation, act_on_tasks(session, commit, mentions.tasks));
}

int run(Session& session, const Invocation& invocation) {
  const auto hook = invocation.first("HOOK").value();
  if (hook == "commit-msg") return check_message(session, invocation);
  // A squash leaves the commit to be made: HEAD is another one.
  if (hook == "post-merge" && invocation.first("WORD") == "1")
    return print_mentions(session, invocation, {});
  return act_on_commit(session, invocation);
}

}  // namespace

extern const Command kGitHook;
constinit const Command kGitHook{
    .noun = "git",
    .verb = "hook",
    .summary = "what the hooks of `git install` run",
    .description =
        "For a hook of your own, put in the line that `git install` shows. A commit is known by "
        "its author, author's date and subject: amended, rebased or picked it acts no second time. "
        "Exit 0 when the daemon does not answer, with a notice.",
    .args = kArgs,
    .flags = kFlags,
    .examples = kExamples,
    .output = Output::kList,
    .answers = mention_kind,
    .needs = Needs::kNothing,
    .user_folder = user_folder,
    .run = run};

}  // namespace taskman::cli
