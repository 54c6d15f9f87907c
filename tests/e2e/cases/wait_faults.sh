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
start restored taskman wait -v task 1 2 --for status=done
restored=$STARTED
wait_for_line restored.err '^following, from '
taskman task "done" 1 >/dev/null
taskman restore "$E2E_FOLDER/one.db" --yes >/dev/null
wait_for_line restored.err 'the log was replaced'
wait_for_line restored.err 'task 2 does not exist yet'
taskman task add "Another two" -q >/dev/null
taskman task "done" 2 >/dev/null
kill -0 "$restored" || fail "task 1 is not done any more: $(cat restored.out restored.err)"
taskman task "done" 1 >/dev/null
wait "$restored" || fail "exit $? after a restore: $(<restored.err)"
assert_eq "$(<restored.out)" "tasks 1,2: status=done"

# Its reader is gone: no success is claimed.
taskman task add "Three" -q >/dev/null
start unread bash -c 'set -o pipefail; taskman wait -v task 3 --for status=done | true'
status=0
wait "$STARTED" || status=$?
assert_eq "$status" 141
