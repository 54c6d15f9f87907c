# shellcheck shell=bash
# Where streams are cut off, watch polls, says so, and misses nothing; a stream is tried again, and used once it
# comes through.

taskman daemon start >/dev/null
real=$(taskman daemon path)
start relay python3 "$E2E_SOURCE/tests/e2e/cutting_relay.py" "$E2E_FOLDER/relay.sock" "$real" "$E2E_FOLDER/mended"
wait_for_line relay.out '^ready$'

start cut env TASKMAN_URL="unix:$E2E_FOLDER/relay.sock" taskman watch -v --json
wait_for_line cut.err '^taskman: streams are cut off \(.*\): polling instead, a stream is tried later$'
wait_for_line cut.err '^following, from '
for i in 1 2 3; do taskman task add "task $i" -q >/dev/null; done
wait_for_lines cut.out 3
assert_eq "$(jq -s 'all(.[]; .prev + 1 == .rev)' cut.out)" true
transports() { curl -s --unix-socket "$real" http://localhost/api/v1/subscribers | jq -r '.data[].transport' | sort | tr '\n' ' '; }
assert_eq "$(transports)" ""
touch mended
wait_for_line cut.err '^taskman: streams come through again, nothing was missed$' 40
assert_eq "$(grep -c 'cut off' cut.err)" 1
assert_eq "$(transports)" "sse "
taskman task add "task 4" -q >/dev/null
wait_for_lines cut.out 4
assert_eq "$(jq -s 'all(.[]; .prev + 1 == .rev)' cut.out)" true
kill -TERM "$STARTED"
status=0
wait "$STARTED" || status=$?
assert_eq "$status" 143

# WebSocket goes through also where streams do not.
rm mended
start ws env TASKMAN_URL="unix:$E2E_FOLDER/relay.sock" taskman watch -v --ws --json
wait_for_line ws.err '^following, from '
taskman task add "task 5" -q >/dev/null
wait_for_lines ws.out 1
if grep -q 'cut off' ws.err; then fail "a WebSocket was taken for cut off"; fi

# Cut off later on: then, too, nothing is said of a daemon that was restarted.
: >mended
start relay2 python3 "$E2E_SOURCE/tests/e2e/cutting_relay.py" "$E2E_FOLDER/relay2.sock" "$real" "$E2E_FOLDER/mended"
relay=$STARTED
wait_for_line relay2.out '^ready$'
start later env TASKMAN_URL="unix:$E2E_FOLDER/relay2.sock" taskman watch -v --json
wait_for_line later.err '^following, from '
rm mended
kill "$relay"
wait_gone "$relay"
rm relay2.sock
start relay2 python3 "$E2E_SOURCE/tests/e2e/cutting_relay.py" "$E2E_FOLDER/relay2.sock" "$real" "$E2E_FOLDER/mended"
wait_for_line later.err '^taskman: streams are cut off '
taskman task add "task 6" -q >/dev/null
wait_for_lines later.out 1
if grep restarted later.err; then fail "a daemon that ran on was called restarted"; fi
