# shellcheck shell=bash
# shellcheck disable=SC2016,SC2103,SC2164  # scripts that are written; a case ends at what fails
# The recipes of docs/ci.md that are for a shell, word by word; in all of them the user's own store
# and daemon stay out of it.

page=$E2E_SOURCE/docs/ci.md
git config --global user.name Ann
git config --global user.email ann@example.org
git config --global init.defaultBranch main

ran=()
# recipe HEADING    its blocks, one after the other, to stdout
recipe() {
  awk -v heading="## $1" '/^## /{ here = $0 == heading } here' "$page" >section
  shell_blocks section
  ran+=("$1")
}
# run_recipe HEADING NAME    in a folder of its own, by a shell that ends at the first failure
run_recipe() {
  recipe "$1" >"$2.sh"
  [ -s "$2.sh" ] || fail "docs/ci.md has nothing under $1"
  mkdir -p "$2"
  (cd "$2" && bash -eo pipefail "../$2.sh" >../out 2>../err) || fail "$1: exit $?: $(cat out err)"
}
tasks() { taskman task list --all --format '{id} {status} {title}'; }
other_daemons() { daemon_pids | grep -vx "$mine" || true; }

taskman task add "Of the user" -q >/dev/null
mine=$(daemon_pid)
untouched() {
  assert_eq "$(tasks)" "1 todo Of the user" "the user's store after $1"
  assert_eq "$(taskman daemon status -q)" "$mine" "the user's daemon after $1"
}

# A store of its own: both ways, and all daemons end, the last one by itself.
run_recipe "A store of its own" store
untouched "a store of its own"
assert_eq "$(cd store && ls -- *.db)" $'ci.db\nown.db\nx.db'
[ -z "$(other_daemons)" ] || wait_gone "$(other_daemons)" 20
assert_eq "$(other_daemons)" ""
assert_eq "$(TASKMAN_URL=sqlite:store/ci.db tasks)" "1 done Build the package"
assert_eq "$(TASKMAN_URL=sqlite:store/own.db tasks)" "1 todo Behind a socket of our own"
taskman --url sqlite:store/own.db daemon stop -q >/dev/null
taskman --url sqlite:store/ci.db daemon stop -q >/dev/null

# From here on the recipes have one store, which is not the user's either.
use() {
  export TASKMAN_URL=sqlite:$PWD/$1.db
}
finish() {
  taskman daemon stop -q >/dev/null
  unset TASKMAN_URL
  untouched "$1"
}

# Branches and commits.
use git
git init -q git
git -C git commit -q --allow-empty -m first
run_recipe "Branches and commits" git
assert_eq "$(git -C git symbolic-ref --short HEAD)" 1-fix-login
assert_eq "$(tasks)" "1 done Fix login"

# The hook before a push: blocked is held back, the rest goes, and all goes when nobody answers.
run_recipe "A pre-push hook" git
git init -q --bare remote.git
git -C git remote add origin "$PWD/remote.git"
assert_exit 0 git -C git push -q origin 1-fix-login
id=$(taskman task add "Held up" -q)
taskman task block "$id" --reason "waits for ops" -q >/dev/null
git -C git switch -q -c "$id-held-up"
assert_exit 1 git -C git push -q origin "$id-held-up"
assert_contains "$STDERR" "$id Held up: waits for ops"
assert_exit 1 git -C git push -q origin 1-fix-login:again "$id-held-up"
assert_eq "$(git -C remote.git for-each-ref --format '%(refname:short)')" 1-fix-login
assert_exit 0 git -C git push -q origin :1-fix-login
assert_exit 0 env TASKMAN_URL="unix:$PWD/nobody" git -C git push -q origin "$id-held-up"
taskman task start "$id" -q >/dev/null
assert_exit 0 git -C git push -q origin "$id-held-up:again"
finish git

# A pool of workers: each job is done once, what fails is blocked; then one that takes long.
use pool
mkdir pool
for n in {1..30}; do echo "{\"title\": \"job $n\", \"labels\": [\"job\"]}"; done | taskman import - --from jsonl >/dev/null
taskman task add "a long one" --label long -q >/dev/null
printf '#!/bin/sh\necho "$1" >>done\n[ "$1" -ne 7 ]\n' >pool/job
printf '#!/bin/sh\necho "$TASKMAN_TASK_ID" >>long\n' >pool/long-job
taskman task add "a poisoned one" --label queue --priority p0 -q >/dev/null
taskman task add "the next one" --label queue -q >/dev/null
printf '#!/bin/sh\n[ "$TASKMAN_TASK_ID" -ne 32 ] || exit 8\n' >pool/queue-job
chmod +x pool/job pool/long-job pool/queue-job
run_recipe "A pool of workers" pool
assert_eq "$(sort -n pool/done)" "$(seq 30)"
assert_eq "$(cat pool/long)" 31
assert_eq "$(taskman task list --all --format '{status}' | sort | uniq -c | xargs)" "2 blocked 31 done"
assert_eq "$(taskman task show 7 --format '{blocked_reason}')" "job ended with 1"
assert_contains "$(cat out)" $'the job ended with 8\nthe job ended with 0'
assert_eq "$(taskman task show 32 --format '{blocked_reason}')" "sh ended with 8"
finish pool

# The gate: opens with the last task, says what is left when it does not, and is closed by failures.
use gate
mkdir gate
printf '#!/bin/sh\ntaskman task list label:release --all --format "{status}" >released\n' >gate/release
chmod +x gate/release
taskman task add "Changelog" --label release -q >/dev/null
taskman task add "Translations" --label release -q >/dev/null
recipe "A release gate" >gate.sh
taskman task "done" 1 -q >/dev/null
assert_exit 1 env -C gate PATIENCE=300ms bash -eo pipefail ../gate.sh
assert_contains "$STDOUT" "2 Translations"
assert_exit 5 env -C gate TASKMAN_AUTOSTART=0 TASKMAN_URL="sqlite:$PWD/no.db" PATIENCE=1s bash -eo pipefail ../gate.sh
[ ! -e gate/released ] || fail "released with a task open"
start gate env -C gate bash -eo pipefail ../gate.sh
taskman task "done" 2 -q >/dev/null
wait "$STARTED"
assert_eq "$(cat gate/released)" $'done\ndone'
finish gate

# The report.
use report
taskman task add "=cmd|' /C calc'!A0" --assignee ben --points 3 -q >/dev/null
taskman task add "Late, \"really\"" --assignee ann --due yesterday -q >/dev/null
taskman task add "Open" --assignee ann -q >/dev/null
taskman task "done" 1 -q >/dev/null
run_recipe "A nightly report" report
cd report
day=$(date +%F)
assert_eq "$(tr -d '\r' <"done-$day.csv" | cut -d, -f1-4)" "id,title,assignee,points
1,'=cmd|' /C calc'!A0,ben,3"
assert_contains "$(cat "overdue-$day.csv")" '2,"Late, ""really""",ann,p2,'
assert_eq "$(cat "open-$day.csv")" "ann,2"
cd ..
finish report
assert_eq "$(other_daemons)" ""

# None was left out.
assert_eq "$(printf '%s\n' "${ran[@]}" | sort)" \
  "$(awk '/^## / { heading = substr($0, 4) } /^```sh$/ { print heading }' "$page" | sort -u)" "recipes"
