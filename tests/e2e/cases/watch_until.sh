# shellcheck shell=bash
# watch --until: ends with success once all that is watched matches.

for i in 1 2 3; do taskman task add "task $i" --label red -q >/dev/null; done
taskman sprint add "One" >/dev/null
taskman sprint start One >/dev/null
taskman task edit 1 2 --sprint One >/dev/null

# True at once: nothing is waited for, nothing printed.
assert_exit 0 taskman watch task 1 2 --until is:open
assert_eq "$STDOUT$STDERR" ""
# Also of nothing, which may be a slip.
assert_exit 0 taskman watch label:rde --until is:closed
assert_eq "$STDOUT" ""
assert_contains "$STDERR" "taskman: no task is watched, so --until is true of all at once"

start tasks taskman watch -v task 1 2 --until is:closed
tasks=$STARTED
start sprint taskman watch -v sprint --until status:done --ws
sprint=$STARTED
start labelled taskman watch -v label:red --until is:closed --poll=100ms
labelled=$STARTED
for name in tasks sprint labelled; do wait_for_line "$name.err" '^following, from '; done
taskman task "done" 1 >/dev/null
for name in tasks sprint labelled; do wait_for_lines "$name.out" 1; done
kill -0 "$tasks" || fail "ended while task 2 is open"
kill_daemon KILL
taskman task "done" 2 >/dev/null
wait "$tasks" || fail "tasks: exit $?"
wait "$sprint" || fail "sprint: exit $?"
assert_eq "$(jq -r '.changes[0].id' tasks.out | tr '\n' ' ')" "1 2 "
kill -0 "$labelled" || fail "ended while task 3 is open"
taskman task drop 3 >/dev/null
wait "$labelled" || fail "labelled: exit $?"

# What can no longer come true is not waited for.
taskman task add "task 4" -q >/dev/null
start deleted taskman watch -v task 4 --until status:review
wait_for_line deleted.err '^following, from '
taskman task delete 4 --yes >/dev/null
status=0
wait "$STARTED" || status=$?
assert_eq "$status" 7
assert_contains "$(<deleted.err)" "was deleted"

assert_exit 2 taskman watch task 1 --until status:dnoe
assert_contains "$STDERR" "did you mean done?"
assert_exit 2 taskman watch task 1 --until ''

# --since with --until: all that led to it is told, also when it is true already, and then it ends.
cursor_now() { taskman import /dev/null --from jsonl --json | jq -r .cursor; }
before=$(cursor_now)
taskman task add "task 5" --label blue -q >/dev/null
taskman task add "elsewhere" -q >/dev/null
taskman task start 5 >/dev/null
taskman task "done" 5 >/dev/null
taskman task edit 6 --title "elsewhere, later" >/dev/null
for way in --stream --ws --poll=100ms; do
  assert_exit 0 taskman watch task 5 --since "$before" --until status:done --json "$way"
  assert_eq "$(jq -r '.changes[0].set.status' <<<"$STDOUT" | tr '\n' ' ')" "todo in_progress done " "$way"
  assert_eq "$STDERR" "" "$way"
done
assert_exit 0 taskman watch label:blue --since "$before" --until is:closed -q
assert_eq "$STDOUT" $'5\n5\n5'
# Nothing came in between: one line says so.
now=$(cursor_now)
assert_exit 0 taskman watch task 5 --since "$now" --until status:done --json
assert_eq "$STDOUT" ""
assert_eq "$STDERR" "taskman: --until is true already, and nothing changed since $now"
assert_exit 0 taskman watch label:rde --since "$before" --until is:closed --json
assert_eq "$STDERR" "taskman: no task is watched, so --until is true of all at once"
# A cursor that cannot be followed: said, and no reason to fail.
assert_exit 0 taskman watch task 5 --since 1-0000000000000000 --until status:done --json
assert_eq "$(jq -r .reset.reason <<<"$STDOUT")" diverged
assert_contains "$STDERR" "the log was replaced (diverged)"
