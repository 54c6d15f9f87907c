# shellcheck shell=bash
# By Server-Sent Events, by WebSocket and by polling: the same frames, across restarts and kill -9.

start stream taskman watch -v --stream
start ws taskman watch -v --ws
start poll taskman watch -v --poll
start often taskman watch -v --poll=100ms
for name in stream ws poll often; do wait_for_line "$name.err" '^following, from '; done
taskman task add "One" -q >/dev/null
for name in stream ws poll often; do wait_for_lines "$name.out" 1; done
kill_daemon KILL
taskman task start 1 >/dev/null
taskman daemon restart >/dev/null
taskman task "done" 1 >/dev/null
for name in stream ws poll often; do
  wait_for_lines "$name.out" 3
  cmp "$name.out" stream.out || fail "$name differs from stream"
done
assert_contains "$(<ws.err)" "nothing was missed"

# What cannot be followed is said as on every other way.
assert_exit 3 taskman watch --ws task 42
assert_exit 2 taskman watch --ws status:dnoe
assert_exit 2 taskman watch --ws --poll
assert_contains "$STDERR" "--ws and --poll cannot both be obeyed"
for way in stream ws poll=1; do
  start "gone-$way" taskman watch -v "--$way" --since "2-0000000000000000"
  wait_for_line "gone-$way.err" '^taskman: the log was replaced \(diverged\)'
done
taskman task reopen 1 >/dev/null
for way in stream ws poll=1; do
  wait_for_lines "gone-$way.out" 2
  cmp "gone-$way.out" gone-stream.out || fail "$way differs from stream"
done
assert_eq "$(head -n 1 gone-ws.out | jq -r .reset.reason)" diverged
