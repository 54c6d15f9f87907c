# shellcheck shell=bash
# wait: a change between its look and its stream, streams that are cut off, and a restore that took back what it had seen.

taskman task add "One" -q >/dev/null
real=$(taskman daemon path)

# What happens in the gap is not missed, also when it is over by the time the stream begins.
start gap python3 "$E2E_SOURCE/tests/e2e/gap_relay.py" "$E2E_FOLDER/gap.sock" "$real" \
  bash -c 'taskman task review 1 && taskman task start 1'
wait_for_line gap.out '^ready$'
TASKMAN_URL="unix:$E2E_FOLDER/gap.sock" assert_exit 0 timeout 20 taskman wait task 1 --for status=review
assert_contains "$(<gap.out)" "started 1" "what the relay ran"

start relay python3 "$E2E_SOURCE/tests/e2e/cutting_relay.py" "$E2E_FOLDER/relay.sock" "$real"
wait_for_line relay.out '^ready$'
start polled env TASKMAN_URL="unix:$E2E_FOLDER/relay.sock" taskman wait -v task 1 --for status=review
polled=$STARTED
wait_for_line polled.err '^following, from '
assert_contains "$(<polled.err)" "streams are cut off"
taskman task review 1 >/dev/null
wait "$polled" || fail "exit $? where streams are cut off: $(<polled.err)"

# After the restore the task is as it was in the backup, and the log another one: looked at again, nothing is believed.
taskman task reopen 1 >/dev/null
taskman task edit 1 --status todo >/dev/null
taskman backup "$E2E_FOLDER/one.db" >/dev/null
taskman task add "Two" -q >/dev/null
start restored taskman wait -v task 1 3 --for status=done
restored=$STARTED
start lost taskman wait -v task 2 --for status=done
lost=$STARTED
start other taskman wait -v task 2 3 --for status=done --any
other=$STARTED
for name in restored lost other; do wait_for_line "$name.err" '^following, from '; done
taskman task "done" 1 >/dev/null
taskman restore "$E2E_FOLDER/one.db" --yes >/dev/null
wait_for_line restored.err 'the log was replaced'
# What was there is not there any more, and its number will be another task's: its waiter must not take that for its own.
status=0
wait "$lost" || status=$?
assert_eq "$status" 7
assert_contains "$(<lost.err)" "taskman: task 2 is not there any more, the database was replaced: status=done can no longer come true"
# What never was is waited for as before.
assert_eq "$(grep -c 'task 3 does not exist yet' restored.err)" 1
taskman task add "Another two" -q >/dev/null
taskman task "done" 2 >/dev/null
taskman task add "Three" -q >/dev/null
taskman task "done" 3 >/dev/null
kill -0 "$restored" || fail "task 1 is not done any more: $(cat restored.out restored.err)"
taskman task "done" 1 >/dev/null
wait "$restored" || fail "exit $? after a restore: $(<restored.err)"
assert_eq "$(<restored.out)" "tasks 1,3: status=done"
wait "$other" || fail "exit $? of the other: $(<other.err)"
assert_eq "$(<other.out)" "task 3: status=done  Three" "another task 2 was taken for the one that was awaited"

# While no waiter looks, another task got its number: also found out.
taskman backup "$E2E_FOLDER/three.db" >/dev/null
taskman sprint add "Old" >/dev/null
taskman task add "Four" -q >/dev/null
start task4 taskman wait -v task 4 --for status=done
task4=$STARTED
start sprint1 taskman wait -v sprint Old --for closed
sprint1=$STARTED
for name in task4 sprint1; do wait_for_line "$name.err" '^following, from '; done
halt "$task4"
halt "$sprint1"
taskman restore "$E2E_FOLDER/three.db" --yes >/dev/null
taskman task add "Another four" -q >/dev/null
taskman task "done" 4 >/dev/null
kill -CONT "$task4" "$sprint1"
status=0
wait "$task4" || status=$?
assert_eq "$status" 7 "$(<task4.err)"
assert_contains "$(<task4.err)" "task 4 is another one now, the database was replaced"
status=0
wait "$sprint1" || status=$?
assert_eq "$status" 7 "$(<sprint1.err)"
assert_contains "$(<sprint1.err)" "sprint 1 'Old' is not there any more, the database was replaced"

# Its reader is gone: no success is claimed.
taskman task add "Five" -q >/dev/null
start unread bash -c 'set -o pipefail; taskman wait -v task 5 --for status=done | true'
status=0
wait "$STARTED" || status=$?
assert_eq "$status" 141
