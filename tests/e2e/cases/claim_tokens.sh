# shellcheck shell=bash
# Workers of one name, as the jobs of one CI user are: a task is one worker's by the token of its lease.

add() { taskman task add "$@" -q; }
lease() { taskman task show "$1" --format "{lease.$2}"; }

# A token is told, and counts for the lease it is of.
id=$(add "First")
first=$(taskman claim "$id" --exclusive --format '{lease.token}')
assert_exit 4 taskman claim "$id" --exclusive
assert_contains "$STDERR" "claimed by $(id -un) until"
assert_contains "$STDERR" "that is your own name"
assert_exit 0 taskman claim "$id" --format '{lease.token}'
assert_eq "$STDOUT" "$first" "the token after a renewal"
assert_exit 0 taskman lease renew "$id" --token "$first" --lease 1h
assert_exit 0 taskman task show "$id"
assert_contains "$STDOUT" "\"token\":$first}"
assert_exit 0 taskman task release "$id" --token "$first"
second=$(taskman claim "$id" --exclusive --format '{lease.token}')
[ "$second" -gt "$first" ] || fail "token $second after $first"
for words in "lease renew" "task release" "task done" "task drop" "task review"; do
  # shellcheck disable=SC2086  # a command of two words
  assert_exit 4 taskman $words "$id" --token "$first"
  assert_contains "$STDERR" "under another lease: its token is $second, not $first"
done
assert_exit 2 taskman task "done" "$id" --token soon
assert_contains "$STDERR" "--token: 'soon' is not valid"
assert_exit 2 taskman claim "$id" --format '{lease.tokne}'
assert_exit 4 taskman batch <<<"{\"verb\":\"task done\",\"id\":$id,\"token\":$first}"
assert_exit 0 taskman batch <<<"{\"verb\":\"task done\",\"id\":$id,\"token\":$second}"
assert_exit 0 taskman task show "$id" --format '<{lease.token}>'
assert_eq "$STDOUT" "<>"

# A worker that tells twice is not late, and no hint leads astray.
id=$(add "Twice")
token=$(taskman claim "$id" --as w1 --format '{lease.token}')
assert_exit 0 taskman task "done" "$id" --as w1 --token "$token"
for fence in --if-claimed "--token $token"; do
  # shellcheck disable=SC2086
  assert_exit 0 taskman task "done" "$id" --as w1 $fence
  assert_contains "$STDERR" "task $id is already done"
  # shellcheck disable=SC2086
  assert_exit 4 taskman task "done" "$id" --as w2 $fence
  assert_contains "$STDERR" "make it ready first: taskman task reopen $id"
done
for token in 0 -1 soon; do
  assert_exit 2 taskman task "done" "$id" --token=$token
  assert_contains "$STDERR" "--token: '$token' is not valid"
done
id=$(add "Never claimed")
assert_exit 4 taskman task "done" "$id" --token 5
assert_contains "$STDERR" "task $id is not claimed by"

# Leases that are none.
for length in 0 0s -5m 100y 366d 99999999999999999999d; do
  assert_exit 2 taskman claim "$id" "--lease=$length"
  assert_contains "$STDERR" lease
done

mkfifo go
# worker NAME FLAG…    a run whose CMD counts itself in ran, says its token in NAME.out, and waits for a line in go
worker() {
  local name=$1
  shift
  # shellcheck disable=SC2016
  start "$name" taskman run "$@" -- bash -c 'exec 5<>go; echo "$TASKMAN_TASK_ID" >>ran; echo "token $TASKMAN_LEASE_TOKEN"; read -r -t 60 -u 5 line; [ "$line" = good ]'
}
# finished PID CODE WHAT
finished() {
  local code=0
  wait "$1" || code=$?
  assert_eq "$code" "$2" "exit of $3"
}
times_ran() { grep -cx "$1" ran || true; }

# Two at the same time under one name: CMD runs once.
id=$(add "Deploy")
worker one --claim "$id"
one=$STARTED
worker two --claim "$id"
two=$STARTED
code=0
wait -n -p second "$one" "$two" || code=$?
assert_eq "$code" 4 "exit of who came second"
wait_for_line ran "^$id$"
echo good >go
finished "$((one + two - second))" 0 "who came first"
assert_eq "$(times_ran "$id")" 1 "how often CMD ran"
assert_eq "$(taskman task show "$id" --format '{status}')" "done"

# CMD knows its token.
id=$(add "Token")
worker token --claim "$id"
wait_for_line token.out '^token [0-9]+$'
assert_eq "$(cat token.out)" "token $(lease "$id" token)"
echo good >go
finished "$STARTED" 0 "a run"

# A worker that was asleep while its task went to another of its name. It wakes up when CMD has done its work, which
# does not count any more.
id=$(add "Overtaken")
worker overtaken --claim "$id" --lease 5m
wait_for_line overtaken.out token
halt "$STARTED"
assert_exit 0 taskman task release "$id"
token=$(taskman claim "$id" --exclusive --format '{lease.token}')
echo good >go
kill -CONT "$STARTED"
finished "$STARTED" 4 "who was overtaken"
assert_contains "$(cat overtaken.err)" "under another lease"
assert_eq "$(taskman task show "$id" --format '{status} {lease.token}')" "in_progress $token"
assert_exit 0 taskman task "done" "$id" --token "$token"

# The same when nobody but the clock took the task from it.
id=$(add "Slept")
cursor=$(taskman task list --json | jq -r .cursor)
worker slept --claim "$id" --lease 1s
slept=$STARTED
wait_for_line slept.out token
halt "$slept"
start ran_out taskman watch task "$id" --since "$cursor" --json
wait_for_line ran_out.out '"origin":"lease"'
token=$(taskman claim "$id" --exclusive --format '{lease.token}')
echo good >go
kill -CONT "$slept"
finished "$slept" 4 "who slept"
assert_eq "$(taskman task show "$id" --format '{status} {lease.token}')" "in_progress $token"

# A claim whose answer was lost is asked for again, and does not lose against itself.
id=$(add "Answer lost")
socket=$(taskman daemon path)
assert_exit 0 taskman daemon stop
rm -f "$socket"
start relay python3 "$E2E_SOURCE/tests/e2e/losing_relay.py" "$socket" answer taskmand --db "$XDG_DATA_HOME/taskman/taskman.db"
wait_for_line relay.out '^ready$'
worker lost --claim "$id"
wait_for_line lost.out token
assert_eq "$(tail -1 relay.out)" lost "the relay"
assert_eq "$(cat lost.out)" "token $(lease "$id" token)"
echo good >go
finished "$STARTED" 0 "a run whose first answer was lost"
assert_eq "$(times_ran "$id")" 1 "how often CMD ran"
assert_eq "$(taskman task log "$id" --json | jq '.data | length')" 3 "changes: made, claimed, done"
