# shellcheck shell=bash
# `taskman run --claim -- CMD`: the task is ours while CMD runs, and what CMD's end says becomes of it.

field() { taskman task show "$1" --json | jq -r ".data | $2"; }
add() { taskman task add "$@" -q; }

# Nothing to do, nothing to run, nothing said.
assert_exit 8 taskman run --claim -- true
assert_eq "$STDOUT" ""
assert_exit 2 taskman run -- true
assert_contains "$STDERR" "--claim is missing"
assert_exit 2 taskman run --claim
assert_contains "$STDERR" "CMD is missing"

# Exit 0: done. CMD has the task in its environment, our stdout, and no descriptor that it would not
# have without us.
# shellcheck disable=SC2016
assert_exit 0 sh -c 'ls /proc/$$/fd'
descriptors=$STDOUT
id=$(add "Build it" --label build)
# shellcheck disable=SC2016  # the command's own shell expands it
assert_exit 0 taskman run --claim label:build --as worker-1 -- sh -c \
  'echo "$TASKMAN_TASK_ID|$TASKMAN_TASK_TITLE|$TASKMAN_ACTOR"; echo "$TASKMAN_TASK_JSON" | jq -r .lease.holder; ls /proc/$$/fd'
assert_eq "$STDOUT" "$id|Build it|worker-1
worker-1
$descriptors"
assert_contains "$STDERR" "done $id  Build it"
assert_eq "$(field "$id" .status)" "done"

# Another code: given back, and the code is ours. An id names the task.
id=$(add "Fails")
assert_exit 3 taskman run --claim "$id" -- sh -c 'exit 3'
assert_eq "$(field "$id" "[.status, .lease, .assignee] | tostring")" '["todo",null,null]'
assert_exit 143 taskman run --claim "#$id" -- sh -c 'kill -TERM $$'
assert_exit 127 taskman run --claim -- no-such-program
assert_contains "$STDERR" "no program 'no-such-program'"
assert_eq "$(field "$id" .status)" todo

# Held by another: 4, and CMD is not run.
assert_exit 0 taskman claim "$id" --as bob
assert_exit 4 taskman run --claim "$id" --as ana -- touch was_run
assert_contains "$STDERR" "claimed by bob"
[ ! -e was_run ] || fail "CMD was run without the task"
assert_exit 0 taskman task release "$id"

# A dry run runs nothing and takes nothing.
assert_exit 0 taskman run --claim "$id" --dry-run -- touch was_run
assert_eq "$STDOUT" "dry run: claimed $id  Fails"
[ ! -e was_run ] || fail "CMD was run in a dry run"

# With --json the task is all there is on stdout when CMD says nothing.
assert_exit 0 taskman run --claim "$id" --json -- true
assert_eq "$(jq -r '[.kind, .data.status] | join(" ")' <<<"$STDOUT")" "task.run done"

# A body that is longer than a variable may be is left out.
head -c 60000 /dev/zero | tr '\0' '"' >body
id=$(add "Long" --body - <body)
# shellcheck disable=SC2016
assert_exit 0 taskman run --claim "$id" -- sh -c 'echo "$TASKMAN_TASK_JSON" | jq -r "[.title, .body] | @csv"'
assert_eq "$STDOUT" '"Long",'

mkfifo go
# worker NAME FLAG…    a run whose CMD says its process id in NAME.out, then waits for a line in go
worker() {
  local name=$1
  shift
  # shellcheck disable=SC2016
  start "$name" taskman run "$@" -- bash -c 'trap "echo told; exit 9" TERM; exec 5<>go; echo $$; while ! read -r -t 60 -u 5 line; do :; done; [ "$line" = good ]'
  wait_for_line "$name.out" '^[0-9]+$'
}
# finished PID CODE WHAT
finished() {
  local code=0
  wait "$1" || code=$?
  assert_eq "$code" "$2" "exit of $3"
}

# A signal is passed on; what CMD makes of it is its business.
id=$(add "Told")
worker told --claim "$id"
kill -TERM "$STARTED"
finished "$STARTED" 9 "what was told"
assert_contains "$(cat told.out)" told
assert_eq "$(field "$id" .status)" todo

# The lease is renewed while CMD runs, through the death of a daemon.
cursor=$(taskman task list --json | jq -r .cursor)
worker long --claim "$id" --lease 3s
long=$STARTED
start renewals taskman watch task "$id" --since "$cursor" --json
wait_for_lines renewals.out 2
kill_daemon
wait_for_lines renewals.out 4
assert_eq "$(jq -r '.changes[].set.lease.holder' renewals.out | sort -u)" "$(id -un)"
echo good >go
finished "$long" 0 "a run over a daemon's death"
assert_eq "$(field "$id" .status)" "done"

# A lease that is lost ends CMD.
id=$(add "Lost")
worker lost --claim "$id" --lease 1s
assert_exit 0 taskman task release "$id" --as boss
assert_exit 0 taskman claim "$id" --as boss
finished "$STARTED" 4 "who lost its lease"
assert_contains "$(cat lost.out)" told
assert_matches "$(cat lost.err)" "claimed by boss|no longer claimed"
assert_eq "$(field "$id" .lease.holder)" boss

# A worker that is killed takes CMD with it, and its lease runs out.
id=$(add "Killed")
cursor=$(taskman task list --json | jq -r .cursor)
worker killed --claim "$id" --lease 2s
command=$(head -1 killed.out)
kill -KILL "$STARTED"
wait_gone "$command"
start ran_out taskman watch task "$id" --since "$cursor" --json
wait_for_line ran_out.out '"origin":"lease"'
assert_eq "$(field "$id" .status)" todo
