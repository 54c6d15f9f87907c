# shellcheck shell=bash
# Where something holds streams back instead of passing them on, watch polls, and misses nothing of what happened
# since it was started.

taskman daemon start >/dev/null
real=$(taskman daemon path)
start relay python3 "$E2E_SOURCE/tests/e2e/holding_relay.py" "$E2E_FOLDER/body.sock" "$real" body
wait_for_line relay.out '^ready$'
readers() { [ "$(curl -s --unix-socket "$real" http://localhost/api/v1/subscribers | jq '.data | length')" = "$1" ]; }

start stream env TASKMAN_URL="unix:$E2E_FOLDER/body.sock" taskman watch --json
start ws env TASKMAN_URL="unix:$E2E_FOLDER/body.sock" taskman watch --json --ws
eventually readers 2
taskman task add "before any hello" -q >/dev/null
for name in stream ws; do
  wait_for_line "$name.err" '^taskman: streams are cut off \(.*\): polling instead' 40
  wait_for_lines "$name.out" 1
  assert_eq "$(jq -c '[.rev, .prev]' "$name.out")" "[1,0]" "$name"
done

# Also where not even the head of a stream comes through, so that none ever began.
start relay2 python3 "$E2E_SOURCE/tests/e2e/holding_relay.py" "$E2E_FOLDER/all.sock" "$real" all
wait_for_line relay2.out '^ready$'
export TASKMAN_URL="unix:$E2E_FOLDER/all.sock"
start all-stream taskman watch -v --json
start all-ws taskman watch -v --json --ws
start all-wait taskman wait -v task 1 --for status=done
waiter=$STARTED
for name in all-stream all-ws all-wait; do
  wait_for_line "$name.err" '^taskman: lost the daemon \(no stream begins\), trying again$'
done
TASKMAN_URL="unix:$real" taskman task "done" 1 -q >/dev/null
for name in all-stream all-ws all-wait; do
  wait_for_line "$name.err" '^taskman: streams are cut off \(no stream begins\): polling instead' 40
done
for name in all-stream all-ws; do
  wait_for_lines "$name.out" 1
  assert_eq "$(jq -c '[.rev, .prev]' "$name.out")" "[2,1]" "$name"
done
wait "$waiter" || fail "wait: exit $?: $(<all-wait.err)"
