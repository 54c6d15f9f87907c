#include "cli/git/work_tree.hpp"

#include <algorithm>
#include <filesystem>
#include <map>

#include "cli/git/branch_name.hpp"
#include "common/error/error.hpp"
#include "common/util/file.hpp"
#include "common/util/text.hpp"

namespace taskman::git {
namespace {

using error::Code;
using error::Error;

constexpr std::string_view kHeads = "refs/heads/";
constexpr std::string_view kRemotes = "refs/remotes/";
constexpr std::string_view kNote = ".taskmantask";  // git gives a variable's name in small letters

std::string asked(const Words& words) {
  const auto answer = run(words);
  if (!answer.worked()) throw Error(Code::kConflict, reason_of(answer));
  return std::string(util::trim(answer.out));
}

std::string absolute(const std::string& path) {
  return std::filesystem::absolute(path).lexically_normal().string();
}

/// While a branch is rebased nothing is checked out; git keeps its name here.
std::optional<std::string> rebased_branch() {
  for (const std::string folder : {"rebase-merge", "rebase-apply"}) {
    const auto head = util::read_file(asked({"rev-parse", "--git-path", folder + "/head-name"}));
    if (!head) continue;
    const auto ref = util::trim(*head);
    if (ref.starts_with(kHeads)) return std::string(ref.substr(kHeads.size()));
  }
  return std::nullopt;
}

/// Branch → task, as note_task() left them.
std::map<std::string, std::int64_t, std::less<>> notes() {
  std::map<std::string, std::int64_t, std::less<>> all;
  const auto answer = run({"config", "--null", "--get-regexp", R"(^branch\..*\.taskmantask$)"});
  for (std::string_view rest = answer.out; !rest.empty();) {
    const auto entry = rest.substr(0, rest.find('\0'));
    rest.remove_prefix(std::min(entry.size() + 1, rest.size()));
    const auto newline = entry.find('\n');
    if (newline == std::string_view::npos || newline < kNote.size()) continue;
    const auto task = util::parse_integer(entry.substr(newline + 1));
    constexpr std::size_t kBefore = std::string_view("branch.").size();
    const auto name = entry.substr(kBefore, newline - kNote.size() - kBefore);
    if (task && *task > 0) all[std::string(name)] = *task;
  }
  return all;
}

/// A line of for-each-ref: `refs/heads/a` or `refs/remotes/origin/a`, and a folder.
std::optional<Branch> branch_of(std::string_view line) {
  const auto blank = line.find(' ');
  auto ref = line.substr(0, blank);
  const bool is_checked_out = blank != std::string_view::npos;
  Branch branch{.name = {},
                .checked_out_in = std::string(is_checked_out ? line.substr(blank + 1) : "")};
  if (ref.starts_with(kHeads)) {
    branch.name = ref.substr(kHeads.size());
    return branch;
  }
  ref.remove_prefix(kRemotes.size());
  const auto slash = ref.find('/');
  if (slash == std::string_view::npos || ref.substr(slash + 1) == "HEAD") return std::nullopt;
  branch.name = ref.substr(slash + 1);
  branch.remote = ref;
  return branch;
}

}  // namespace

WorkTree::WorkTree() {
  const auto answer = run({"rev-parse", "--show-toplevel"});
  if (!answer.worked())
    throw Error(Code::kNotFound, "this is no git work tree: " + reason_of(answer),
                "go into the work tree of a repository, or make one: git init");
  top_ = answer.out.substr(0, answer.out.rfind('\n'));
}

std::string WorkTree::hooks_folder() const {
  return absolute(asked({"rev-parse", "--git-path", "hooks"}));
}

bool WorkTree::hooks_are_shared() const {
  return run({"config", "--get", "core.hooksPath"}).worked();
}

std::optional<std::string> WorkTree::current() const {
  const auto answer = run({"symbolic-ref", "--quiet", "HEAD"});
  const auto ref = util::trim(answer.out);
  if (answer.worked() && ref.starts_with(kHeads)) return std::string(ref.substr(kHeads.size()));
  return rebased_branch();
}

std::vector<Branch> WorkTree::branches() const {
  const auto noted = notes();
  const std::string list = asked({"for-each-ref", "--format=%(refname) %(worktreepath)",
                                  std::string(kHeads), std::string(kRemotes)});
  std::vector<Branch> all;
  for (const auto line : lines_of(list)) {
    auto branch = branch_of(line);
    if (!branch) continue;
    const auto note = branch->remote.empty() ? noted.find(branch->name) : noted.end();
    branch->task = note != noted.end() ? note->second : task_in_name(branch->name);
    all.push_back(*std::move(branch));
  }
  return all;
}

std::optional<std::int64_t> WorkTree::task_of(const std::string& branch) const {
  const auto noted = notes();
  const auto note = noted.find(branch);
  return note != noted.end() ? note->second : task_in_name(branch);
}

void WorkTree::note_task(const std::string& branch, std::int64_t task) const {
  asked({"config", "branch." + branch + ".taskmanTask", std::to_string(task)});
}

void WorkTree::switch_to(const std::string& branch, const Words& words) const {
  Words all{"switch", "--quiet"};
  all.insert(all.end(), words.begin(), words.end());
  const auto answer = run(all);
  // A post-checkout hook that fails makes git fail, though it has switched.
  if (answer.worked() || current() == branch) return;
  throw Error(Code::kConflict, "git cannot switch to " + branch + ": " + reason_of(answer));
}

void WorkTree::switch_to_new(const std::string& branch, const std::string& upstream) const {
  const bool is_before_first_commit = !run({"rev-parse", "--quiet", "--verify", "HEAD"}).worked();
  if (is_before_first_commit && upstream.empty()) return switch_to(branch, {"--create", branch});
  // Apart, so that what a switch that fails leaves behind is known to be ours.
  const auto made = run(upstream.empty() ? Words{"branch", "--quiet", branch}
                                         : Words{"branch", "--quiet", "--track", branch, upstream});
  if (!made.worked())
    throw Error(Code::kConflict, "git cannot make branch " + branch + ": " + reason_of(made));
  try {
    switch_to(branch, {branch});
  } catch (const Error&) {
    run({"branch", "--quiet", "--delete", "--force", branch});
    throw;
  }
}

bool is_at_top() {
  const auto below = run({"rev-parse", "--show-prefix"});
  return below.worked() && util::trim(below.out).empty();
}

bool is_branch_name(const std::string& name) {
  return !name.starts_with('-') && run({"check-ref-format", "refs/heads/" + name}).worked();
}

}  // namespace taskman::git
