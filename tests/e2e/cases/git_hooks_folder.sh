# shellcheck shell=bash
# shellcheck disable=SC2016,SC2103,SC2164  # scripts that are written; a case ends at what fails
# git runs hooks in the top folder: they mean the store that a command means where git was called.

git config --global user.name Ann
git config --global user.email ann@example.org
git config --global init.defaultBranch main
status_of() { taskman task show "$1" --format '{status}'; }
commit() { git commit -q --allow-empty -m "$@"; }
databases() { (cd "$E2E_FOLDER" && find . -name '*.db' | sort | xargs); }

git init -q repo
mkdir -p repo/sub/below
cd repo/sub
taskman git install -q >/dev/null

# Relative paths of the environment, whoever says which folder: the shell, git -C.
export TASKMAN_URL=sqlite:w.db
for n in {1..6}; do taskman task add "task $n" -q >/dev/null; done
commit $'One\n\nCloses: #1' 2>err
assert_eq "$(cat err)" "taskman: closed 1  task 1"
assert_eq "$(status_of 1)" "done"
git -C ../../repo/sub commit -q --allow-empty -m $'Two\n\nCloses: #2'
assert_eq "$(status_of 2)" "done"
cd below
TASKMAN_URL='' TASKMAN_DB=../w.db commit $'Three\n\nCloses: #3'
cd ..
assert_eq "$(status_of 3)" "done"
assert_eq "$(databases)" ./repo/sub/w.db
TASKMAN_URL='' TASKMAN_DB=v.db TASKMAN_SOCKET=v.sock taskman task add "of another" -q >/dev/null
TASKMAN_URL='' TASKMAN_DB=v.db TASKMAN_SOCKET=v.sock commit $'Of another\n\nCloses: #1'
assert_eq "$(TASKMAN_URL='' TASKMAN_DB=v.db TASKMAN_SOCKET=v.sock status_of 1)" "done"
assert_eq "$(databases)" "./repo/sub/v.db ./repo/sub/w.db"

# A mistyped number is refused by that store, and what is said works from here.
taskman git install --strict -q >/dev/null
assert_exit 1 git commit -q --allow-empty -m $'Four\n\nCloses: #9'
assert_contains "$STDERR" "git commit --edit --file ../.git/COMMIT_EDITMSG"
GIT_EDITOR='sed -i s/#9/#4/' git commit -q --allow-empty --edit --file ../.git/COMMIT_EDITMSG
assert_eq "$(status_of 4) $(git log -1 --format=%s)" "done Four"

# The folder's own .taskman.toml counts, and a file that TASKMAN_CONFIG names from here.
echo 'color = "mauve"' >.taskman.toml
commit "Bad" -m "Closes: #5" 2>err
assert_contains "$(cat err)" "$PWD/.taskman.toml:1: "
rm .taskman.toml
taskman task reopen 5 -q >/dev/null
echo 'url = "sqlite:w.db"' >mine.toml
taskman daemon stop -q >/dev/null  # the commit starts one, which stands elsewhere
TASKMAN_URL='' TASKMAN_CONFIG=mine.toml commit "By a file" -m "Closes: #5"
assert_eq "$(status_of 5)" "done"

# Where git is told of a repository it does not look for, the folder is the top.
mkdir ../../work
cd ../../work
TASKMAN_URL=sqlite:../repo/sub/w.db GIT_DIR=../repo/.git commit $'Six\n\nCloses: #6'
export TASKMAN_URL=sqlite:$E2E_FOLDER/repo/sub/w.db
assert_eq "$(status_of 6)" "done"

# A work tree beside has folders of its own.
git -C ../repo worktree add -q -b beside ../beside
mkdir ../beside/sub
cd ../beside/sub
export TASKMAN_URL=sqlite:b.db
taskman task add "beside" -q >/dev/null
commit $'Beside\n\nCloses: #1'
assert_eq "$(status_of 1)" "done"

# The path in somebody's hook is of the folder it runs in, which it may have chosen.
cd ../../repo
unset TASKMAN_URL
taskman --url sqlite:tools/t.db task add "of the hook" -q >/dev/null
taskman --url sqlite:tools/t.db task add "of its folder" -q >/dev/null
printf '#!/bin/sh\ntaskman git hook post-commit --url sqlite:tools/t.db\n' >.git/hooks/post-commit
rm .git/hooks/commit-msg
git -C sub commit -q --allow-empty -m $'Its path\n\nCloses: #1'
printf '#!/bin/sh\ncd tools && TASKMAN_DB=t.db taskman git hook post-commit\n' >.git/hooks/post-commit
git -C sub commit -q --allow-empty -m $'Its folder\n\nCloses: #2'
assert_eq "$(taskman --url sqlite:tools/t.db task list --all --format '{status}' | xargs)" "done done"
assert_eq "$(databases)" "./beside/sub/b.db ./repo/sub/v.db ./repo/sub/w.db ./repo/tools/t.db"
