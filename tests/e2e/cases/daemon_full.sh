# shellcheck shell=bash
# A daemon that takes no connection more is told as that, and can be ended and restarted all the same.

fill() {
  start held python3 -c '
import signal, socket, sys
held = []
for _ in range(3):
    one = socket.socket(socket.AF_UNIX)
    one.connect(sys.argv[1])
    one.sendall(b"GET /")
    held.append(one)
print("held", flush=True)
signal.pause()' "$(taskman daemon path)"
  wait_for_line held.out '^held$'
}

export TASKMAN_MAX_CONNECTIONS=3
taskman task add A >/dev/null
pid=$(taskman daemon status -q)
fill

assert_exit 5 taskman daemon status --json
assert_contains "$STDERR" "too many connections"
assert_eq "$(jq -c '[.data.running, .data.pid]' <<<"$STDOUT")" "[true,$pid]"

assert_exit 0 taskman daemon stop
assert_eq "$STDOUT" "stopped: process $pid"
assert_eq "$(daemon_pids)" ""
assert_eq "$(taskman task list --format '{title}')" A

kill "$STARTED"
pid=$(taskman daemon status -q)
fill
assert_exit 0 taskman daemon restart
assert_contains "$STDOUT" "restarted: process "
[ "$(taskman daemon status -q)" != "$pid" ] || fail "it is the same"
