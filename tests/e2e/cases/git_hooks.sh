# shellcheck shell=bash
# shellcheck disable=SC2016,SC2103,SC2164  # scripts that are written; a case ends at what fails
# git install: commits that close tasks, with a real git.

git config --global user.name Ann
git config --global user.email ann@example.org
git config --global init.defaultBranch main
status_of() { taskman task show "$1" --format '{status}'; }
comments_of() { taskman task show "$1" --comments --json | jq '.data | length'; }
commit() { git commit -q --allow-empty -m "$@"; }

for n in {1..9}; do taskman task add "task $n" -q >/dev/null; done
git init -q repo
cd repo

# Installed once; again is no change.
assert_exit 0 taskman git install
assert_contains "$STDOUT" $'commit-msg\tinstalled\t'"$PWD/.git/hooks/commit-msg"
assert_eq "$(taskman git install --json | jq -c '.data[0] | keys')" "$(taskman schema GitHook | jq -c '.required | sort')"
cp -r .git/hooks before
assert_eq "$(taskman git install --json | jq -r '.data[].state' | uniq)" unchanged
diff -r before .git/hooks

# A commit closes; others are mentioned; who did it and where is in a comment.
commit $'Fix login\n\nCloses: #1\nFixes: #2, #3\nRefs: #4' 2>out
assert_contains "$(cat out)" "taskman: closed 1  task 1"
assert_eq "$(for n in 1 2 3 4; do status_of $n; done)" $'done\ndone\ndone\ntodo'
assert_eq "$(taskman task show 4 --comments --json | jq -r '.data[].text')" \
  "commit $(git rev-parse --short HEAD): Fix login"
assert_eq "$(taskman task show 1 --comments --json | jq -r '.data[].text')" \
  "closed by commit $(git rev-parse --short HEAD): Fix login"

# Amended, rebased or picked it acts no second time, not even on a task that was reopened.
taskman task reopen 1 -q >/dev/null
git commit -q --amend --no-edit --allow-empty
assert_eq "$(status_of 1) $(comments_of 4)" "todo 1"
git switch -q --orphan other
commit base
git cherry-pick --allow-empty main >/dev/null
assert_eq "$(status_of 1) $(comments_of 4)" "todo 1"
commit $'Really\n\nCloses: #1'
assert_eq "$(status_of 1)" "done"

# A commit that does not come about closes nothing: its message is refused by another hook of
# git's, or its editor gives up.
git config core.editor false
assert_exit 1 git commit -q --allow-empty -e -m $'No\n\nCloses: #5'
assert_eq "$(status_of 5)" todo
git config --unset core.editor

# Comments and the diff of a verbose commit are not the message.
printf '#!/bin/sh\nprintf "Verbose\\n\\nRefs: #5\\n" | cat - "$1" >"$1.new"\nmv "$1.new" "$1"\n' >editor
chmod +x editor
printf '\nCloses: #5\n' >notes
git add notes
GIT_EDITOR=$PWD/editor git commit -q -v
assert_eq "$(status_of 5) $(comments_of 5)" "todo 1"

# A merge counts as well, a squash when it is committed.
git switch -q -c side
commit $'Side\n\nRefs: #6'
git switch -q other
git merge -q --no-ff -m $'Merge side\n\nCloses: #6' side 2>/dev/null
assert_eq "$(status_of 6)" "done"

# A task there is not: said before the commit, which is made all the same; refused with --strict.
commit $'Typo\n\nCloses: #99' 2>err
assert_contains "$(cat err)" "Closes: #99: unknown: "
assert_eq "$(git log -1 --format=%s)" Typo
commit $'Bare\n\nCloses: 7' 2>err
assert_contains "$(cat err)" "'Closes: 7' names no task"
assert_eq "$(taskman git install --strict --json | jq -r '.data[].state')" $'updated\nunchanged\nunchanged'
assert_exit 1 git commit -q --allow-empty -m $'Typo again\n\nCloses: #7, #99'
assert_contains "$STDERR" "no commit: Closes: #99"
assert_contains "$STDERR" "git commit --edit --file .git/COMMIT_EDITMSG"
assert_eq "$(status_of 7) $(git log -1 --format=%s)" "todo Bare"
for almost in 'Closes: 3, 4' 'Closes: #abc' 'Closes: ##1' 'Closes: # 1' 'Closes: #1abc' 'Closes: 12x' 'Closes:'; do
  assert_exit 1 git commit -q --allow-empty -m "Almost"$'\n\n'"$almost"
  assert_contains "$STDERR" "no commit: '$almost' names no task"
  printf 'Almost\n\n%s\n' "$almost" >almost
  assert_exit 0 taskman git hook commit-msg almost
  assert_contains "$STDERR" "'$almost' names no task"
done
assert_eq "$(git log -1 --format=%s)" Bare

# One that cannot be closed is told, and the next one is closed.
taskman task drop 8 -q >/dev/null
commit $'Both\n\nCloses: #8\nCloses: #7' 2>err
assert_eq "$(status_of 8) $(status_of 7)" "dropped done"
assert_contains "$(cat err)" "Closes: #8: failed"

# No daemon, no taskman, bad settings, strict or not: the commit is made.
TASKMAN_URL=unix:$PWD/nobody commit $'Alone\n\nCloses: #9' 2>err
assert_contains "$(cat err)" "Closes: #9: unchecked: "
assert_contains "$(cat err)" "Closes: #9: failed: "
mkdir bare
for program in git sh grep cat; do ln -s "$(command -v $program)" bare/$program; done
PATH=$PWD/bare commit $'Without\n\nCloses: #9' 2>err
assert_contains "$(cat err)" "taskman is not on PATH"
PATH=$PWD/bare commit "Without, and nothing to close" 2>err
assert_eq "$(cat err)" ""
TASKMAN_TIMEOUT=never TASKMAN_COLOR=mauve commit "Bad settings" 2>err
assert_eq "$(git log -1 --format=%s) $(status_of 9)" "Bad settings todo"
pid=$(daemon_pid)
halt "$pid"
SECONDS=0
commit $'Silence\n\nCloses: #9\nCloses: #7' 2>err
kill -CONT "$pid"
assert_contains "$(cat err)" "Closes: #9: unchecked: no answer from the daemon within"
assert_contains "$(cat err)" "Closes: #9: may have been done: no answer from the daemon within"
assert_contains "$(cat err)" "hint: \`taskman git hook post-commit\` does"
[ $SECONDS -lt 6 ] || fail "a silent daemon held the commit up for $SECONDS s"
assert_eq "$(git log -1 --format=%s)" Silence

# Uninstalled: what we made goes, and only that.
assert_eq "$(taskman git uninstall --json | jq -r '.data[].state' | uniq)" removed
assert_eq "$(taskman git uninstall --json | jq -r '.data[].state' | uniq)" absent
assert_eq "$(find .git/hooks -type f ! -name '*.sample')" ""

# A hook that is there stays as it is: refused with the line to add, all or none.
printf '#!/bin/sh\necho mine >>"$0.ran"\n' >.git/hooks/post-commit
chmod +x .git/hooks/post-commit
cp .git/hooks/post-commit mine
assert_exit 4 taskman git install
assert_contains "$STDERR" "$PWD/.git/hooks/post-commit"
assert_contains "$STDERR" "taskman git hook post-commit"
cmp mine .git/hooks/post-commit
[ ! -e .git/hooks/commit-msg ] || fail "installed by halves"
sed -n 's/^.*the line: //p' <<<"$STDERR" >>.git/hooks/post-commit
assert_eq "$(taskman git install --json | jq -r '.data[].state')" $'installed\nyours\ninstalled'
commit $'Both run\n\nCloses: #9'
assert_eq "$(status_of 9) $(cat .git/hooks/post-commit.ran)" "done mine"
assert_exit 0 taskman git uninstall
assert_contains "$STDERR" "post-commit is not ours"
assert_eq "$(tail -n +1 .git/hooks/post-commit | head -n 2)" "$(cat mine)"

# core.hooksPath and a work tree beside are respected.
mkdir below
git config core.hooksPath tools/hooks
assert_exit 0 env -C below taskman git install
assert_contains "$STDERR" "core.hooksPath"
[ -x tools/hooks/commit-msg ] || fail "not where core.hooksPath says"
git config --unset core.hooksPath
rm .git/hooks/post-commit
taskman git install -q >/dev/null
git worktree add -q -b beside ../beside
cd ../beside
taskman task add "ten" -q >/dev/null
commit $'Beside\n\nCloses: #10'
assert_eq "$(status_of 10)" "done"
assert_exit 3 env -C / taskman git install

# Picked onto another branch it is another commit that says the same: nothing more is done or said.
cd ../beside
git switch -q -c picked HEAD~
git commit -q --allow-empty -m "Something between"
assert_exit 0 git cherry-pick --allow-empty beside
[[ $STDERR != *failed* ]] || fail "a picked commit: $STDERR"
assert_eq "$(taskman task show 10 --comments --json | jq '.data | length')" 1
