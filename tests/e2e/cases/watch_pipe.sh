# shellcheck shell=bash
# A watcher in a pipe: one frame a line, at once; it ends with its reader or a signal, and refuses
# what cannot be watched.

assert_exit 3 taskman watch sprint
assert_eq "$STDERR" "taskman: no sprint is active
hint: start one with: taskman sprint start NAME"
assert_exit 3 taskman watch sprint nowhere
assert_contains "$STDERR" "unknown sprint 'nowhere'"
assert_exit 3 taskman watch task 42
assert_eq "$STDERR" "taskman: no task 42
hint: list them with: taskman task list --all"
assert_exit 2 taskman watch status:dnoe
assert_contains "$STDERR" "did you mean done?"
assert_exit 2 taskman watch body:text
assert_exit 2 taskman watch task
assert_exit 2 taskman watch --poll --stream
assert_contains "$STDERR" "--stream and --poll cannot both be obeyed"
assert_exit 2 taskman watch --since yesterday

assert_exit 0 taskman sprint add "Sprint 1" --goal "Ship it"
assert_exit 0 taskman sprint start "Sprint 1"
inside=$(taskman task add "Inside" --sprint current --label red -q)
outside=$(taskman task add "Outside" -q)
assert_exit 3 taskman watch task "$inside" "$outside" 42

# head -1 ends, and with it the watcher, without another change.
start first bash -c 'set -o pipefail; taskman watch sprint current --json -v | head -1'
first=$STARTED
wait_for_line first.err '^following, from '
assert_exit 0 taskman task start "$outside"
assert_exit 0 taskman task "done" "$inside"
wait_gone "$first"
wait "$first" || fail "watch | head -1: exit $?"
assert_eq "$(wc -l <first.out)" 1
assert_eq "$(jq -c '[.actor, .changes[0].id, .changes[0].set.status, .changes[1].type]' first.out)" \
  "[\"$(id -un)\",$inside,\"done\",\"sprint.progress\"]"

# Each way to select, and both ways to follow, see what they ask for and no more.
cursor=$(taskman task list --json | jq -r .cursor)
declare -A pids selects=([sprint]=sprint [task]="task $inside" [filter]=label:red [all]="" [polled]="--poll=100ms")
for name in "${!selects[@]}"; do
  # shellcheck disable=SC2086  # words
  start "$name" taskman watch ${selects[$name]} -v --since "$cursor"
  pids[$name]=$STARTED
  wait_for_line "$name.err" '^following, from '
done
start ids taskman watch -q --since "$cursor"
pids[ids]=$STARTED
assert_exit 0 taskman task edit "$outside" --points 3
assert_exit 0 taskman task reopen "$inside"
assert_exit 0 taskman task comment "$inside" "Again"
for name in sprint task filter; do wait_for_lines "$name.out" 2; done
for name in all polled ids; do wait_for_lines "$name.out" 3; done
changes() { jq -c '[.changes[] | select(.type | startswith("task.")) | .type, .id]' "$1.out" | tr '\n' ' '; }
for name in sprint task filter; do
  assert_eq "$(changes "$name")" "[\"task.updated\",$inside] [\"task.commented\",$inside] " "$name"
done
assert_eq "$(changes all)" "[\"task.updated\",$outside] [\"task.updated\",$inside] [\"task.commented\",$inside] "
assert_eq "$(cat polled.out)" "$(cat all.out)" "the same frames by polling"
assert_eq "$(tr '\n' ' ' <ids.out)" "$outside $inside $inside "

# Asked to end, it says by which signal.
ended() {
  local got=0
  kill "-$1" "$2"
  wait "$2" || got=$?
  assert_eq "$got" "$3" "exit after $1"
}
ended TERM "${pids[sprint]}" 143
ended HUP "${pids[task]}" 129
ended TERM "${pids[filter]}" 143
ended QUIT "${pids[all]}" 131
ended TERM "${pids[polled]}" 143
ended TERM "${pids[ids]}" 143
# Bash starts what runs in its background deaf to INT; a watcher listens all the same.
start interrupted taskman watch -v
interrupted=$STARTED
wait_for_line interrupted.err '^following, from '
ended INT "$interrupted" 130

# Not even a daemon that does not answer keeps it.
daemon=$(daemon_pid)
start stuck taskman watch --poll=100ms -v
stuck=$STARTED
wait_for_line stuck.err '^following, from '
halt "$daemon"
start silent taskman watch
silent=$STARTED
ended TERM "$stuck" 143
ended TERM "$silent" 143
kill -CONT "$daemon"

# A full disk under it is an error, a frame late.
start full bash -c 'exec taskman watch -v >/dev/full'
full=$STARTED
wait_for_line full.err '^following, from '
assert_exit 0 taskman task edit "$outside" --points 5
got=0; wait "$full" || got=$?
assert_eq "$got" 1
assert_contains "$(cat full.err)" "cannot write to stdout: No space left on device"
