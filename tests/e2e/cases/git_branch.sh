# shellcheck shell=bash
# shellcheck disable=SC2016,SC2103,SC2164  # scripts that are written; a case ends at what fails
# task start --branch and current, with a real git.

git config --global user.name Ann
git config --global user.email ann@example.org
git config --global init.defaultBranch main
status_of() { taskman task show "$1" --format '{status}'; }
branch() { git symbolic-ref --short HEAD; }

for title in "Fix login" "Größe prüfen!" "日本語" "Fourth" "Fifth"; do taskman task add "$title" -q >/dev/null; done

# Outside of a work tree, in the bare middle of one: refused, not started.
git init -q --bare bare.git
git init -q repo
for folder in . bare.git repo/.git; do
  assert_exit 3 env -C "$folder" taskman task start 1 --branch
  assert_contains "$STDERR" "no git work tree"
  assert_exit 3 env -C "$folder" taskman current
done
assert_eq "$(status_of 1)" todo
assert_exit 3 env PATH="$E2E_BIN" "$E2E_BIN/taskman" current
assert_contains "$STDERR" "no git on PATH"

cd repo
# Before the first commit there is no branch to come from, and a new one can still be begun.
assert_exit 0 taskman task start 3 --branch
assert_eq "$(branch)" 3
git commit -q --allow-empty -m first
git switch -q -c main

# A new branch from where we are, with what was changed and not committed.
echo mine >file
git add file
assert_exit 0 taskman task start 1 --branch -q
assert_eq "$STDOUT" 1
assert_contains "$STDERR" "new branch 1-fix-login"
assert_eq "$(branch)" 1-fix-login
assert_eq "$(status_of 1)" in_progress
assert_eq "$(git status --porcelain)" "A  file"
git commit -q -m "one file"

# current: every form of output, from a folder below, in a work tree beside, while it is rebased.
mkdir below
assert_eq "$(env -C below taskman current -q)" 1
assert_eq "$(taskman current --format '{id} {title}')" "1 Fix login"
assert_eq "$(taskman current --json | jq -r '.kind, .data.id')" $'task\n1'
git worktree add -q -b 4-elsewhere ../beside
assert_eq "$(env -C ../beside taskman current -q)" 4
assert_eq "$(GIT_DIR=$PWD/.git GIT_WORK_TREE=$PWD env -C .. taskman current -q)" 1
GIT_SEQUENCE_EDITOR='sed -i 1ibreak' git rebase -q -i HEAD~1 2>/dev/null
assert_exit 1 git symbolic-ref -q HEAD
assert_eq "$(taskman current -q)" 1
git rebase --continue 2>/dev/null >&2

# The branch of the task is found again, whatever the title says or the branch is called now.
git switch -q main
taskman task edit 1 --title "Log in without a password" -q >/dev/null
assert_exit 0 taskman task start 1 --branch
assert_eq "$(branch)" 1-fix-login
git branch -m login
assert_eq "$(taskman current -q)" 1
assert_exit 0 taskman task start 1 --branch
assert_contains "$STDERR" "on branch login"
git switch -q main
assert_exit 0 taskman task start 1 --branch
assert_eq "$(branch)" login

# Two of them: said which.
git branch 1-again
git switch -q main
assert_exit 4 taskman task start 1 --branch
assert_contains "$STDERR" "several branches: 1-again, login"
assert_exit 0 taskman task start 1 --branch=login
assert_eq "$(branch)" login

# A name of one's own; one that git does not take; one of another task.
assert_exit 0 taskman task start 2 --branch=ana/sizes
assert_eq "$(branch) $(taskman current -q)" "ana/sizes 2"
assert_exit 2 taskman task start 5 --branch=a..b
assert_exit 2 taskman task start 5 --branch=--force
assert_exit 4 taskman task start 5 --branch=login
assert_contains "$STDERR" "branch login is of task 1"
assert_exit 4 taskman task start 4 --branch
assert_contains "$STDERR" "4-elsewhere is checked out in $E2E_FOLDER/beside"
assert_eq "$(status_of 4)" todo

# What git refuses starts nothing: changes that the switch would overwrite.
git switch -q main
echo theirs >file
assert_exit 4 taskman task start 1 --branch
git add file
git branch 5-fifth login
assert_exit 4 taskman task start 5 --branch
assert_contains "$STDERR" "file"
assert_contains "$STDERR" "not started"
assert_eq "$(branch) $(status_of 5)" "main todo"
assert_exit 4 taskman task start 5 --branch --json
assert_eq "$(jq -r .error.code <<<"$STDERR")" conflict

# Nor what git refuses at the last moment: a new branch is gone again.
touch .git/HEAD.lock
assert_exit 4 taskman task start 4 --branch=new
assert_contains "$STDERR" "HEAD.lock"
assert_contains "$STDERR" "not started"
assert_exit 1 git rev-parse -q --verify refs/heads/new
rm .git/HEAD.lock
assert_eq "$(branch) $(status_of 4)" "main todo"

# What the daemon refuses moves nothing: no such task, another version.
assert_exit 3 taskman task start 99 --branch
assert_exit 4 taskman task start 5 --branch --if-match 7
assert_exit 5 env TASKMAN_URL="unix:$PWD/nobody" taskman task start 5 --branch
assert_exit 2 taskman task start 4 5 --branch
assert_exit 2 taskman task start --where is:open --branch --yes
assert_eq "$(branch)" main
git rm -q --cached file
rm file

# A dry run says the branch and makes none; a hook of the user's that fails is no failure.
assert_exit 0 taskman task start 5 --branch=six --dry-run
assert_contains "$STDERR" "new branch six"
assert_eq "$(branch) $(status_of 5)" "main todo"
printf '#!/bin/sh\nexit 1\n' >.git/hooks/post-checkout
chmod +x .git/hooks/post-checkout
assert_exit 0 taskman task start 5 --branch
assert_eq "$(branch) $(status_of 5)" "5-fifth in_progress"

# A branch that only the remote has is followed.
cd ..
git clone -q --branch main repo clone
cd clone
git switch -q -c other
assert_exit 0 taskman task start 5 --branch
assert_contains "$STDERR" "from origin/5-fifth"
git switch -q other
git branch -q -D 5-fifth
touch .git/HEAD.lock
assert_exit 4 taskman task start 5 --branch
rm .git/HEAD.lock
assert_eq "$(git branch --list 5-fifth)" ""
assert_eq "$(git config --get-regexp '^branch\.5-fifth')" ""
assert_exit 0 taskman task start 5 --branch
assert_eq "$(git rev-parse --abbrev-ref '@{upstream}')" origin/5-fifth

# No task: told why, exit 3. A branch can be named, as where CI has checked out none.
git switch -q other
assert_exit 3 taskman current
assert_eq "$STDOUT" ""
assert_contains "$STDERR" "branch other names no task"
git switch -q -c 77-gone
assert_exit 3 taskman current -q
assert_contains "$STDERR" "task 77"
git switch -q --detach
assert_exit 3 taskman current
assert_contains "$STDERR" "detached"
assert_eq "$(taskman current 5-fifth -q)" 5
assert_eq "$(env -C / taskman current ana/2-sizes -q)" 2

# Back to a branch that has a name of its own.
taskman task add "Named" -q >/dev/null
id=$(taskman task list --all --sort -id --limit 1 -q)
assert_exit 0 taskman task start "$id" --branch=own/name
git switch -q other
assert_exit 0 taskman task start "$id" --branch
assert_eq "$(branch)" own/name
