# shellcheck shell=bash
# wait on a daemon that hangs, or has no room: asked again until --timeout, said once, and no more told than is known.

export TASKMAN_MAX_CONNECTIONS=2
taskman task add "One" -q >/dev/null
socket=$(taskman daemon path)
pid=$(daemon_pid)

# Its very first look gets no answer.
halt "$pid"
start silent env TASKMAN_TIMEOUT=100ms taskman wait -v task 1 --for status=done
silent=$STARTED
wait_for_line silent.err '^taskman: no state yet \(no answer from the daemon within 100ms\), trying again$'
assert_exit 124 taskman wait task 1 --for status=done --timeout 500ms
assert_contains "$STDERR" "waited 500ms for status=done: it is not known how it stands (no answer from the daemon within 500ms)"
kill -CONT "$pid"
wait_for_line silent.err '^following, from '
taskman task "done" 1 >/dev/null
wait "$silent" || fail "exit $?: $(<silent.err)"
assert_eq "$(grep -c '^taskman:' silent.err)" 1 "what it said"

# holders COUNT    connections that ask for nothing; in $STARTED
holders() {
  rm -f held.out
  start held python3 -c '
import socket, sys, threading
held = []
for _ in range(int(sys.argv[2])):
    held.append(socket.socket(socket.AF_UNIX))
    held[-1].connect(sys.argv[1])
    # Answered, so it has its place.
    held[-1].sendall(b"GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n")
    held[-1].recv(1)
print("held", flush=True)
threading.Event().wait()' "$socket" "$1"
  wait_for_line held.out '^held$'
}
taskman task add "Two" -q >/dev/null

# No room at all.
holders 2
held=$STARTED
start full taskman wait task 2 --for status=done --timeout 2500ms
full=$STARTED
wait_for_line full.err '^taskman: no state yet \(too many connections\), trying again$'
status=0
wait "$full" || status=$?
assert_eq "$status" 124
assert_contains "$(<full.err)" "waited 2500ms for status=done: it is not known how it stands (too many connections)"
assert_eq "$(grep -c 'trying again' full.err)" 1 "how often it said so"

# A write says why, and not that it may have been done.
assert_exit 5 taskman task add "no room" --timeout 500ms
assert_contains "$STDERR" "too many connections"
[[ $STDERR != *"may have been done"* ]] || fail "it was not done: $STDERR"

# Room again: it is served.
start later taskman wait -v task 2 --for status=review --timeout 30s
later=$STARTED
wait_for_line later.err 'no state yet'
kill "$held"
wait_for_line later.err '^following, from '
taskman task review 2 >/dev/null
wait "$later" || fail "exit $?: $(<later.err)"

# Room for one connection, so none for a stream beside it: it polls by that one.
holders 1
held=$STARTED
start narrow taskman wait -v task 2 --for status=done --timeout 30s
narrow=$STARTED
wait_for_line narrow.err '^following, from '
assert_eq "$(grep -c '^taskman: lost the daemon (too many connections), trying again$' narrow.err)" 1 "$(<narrow.err)"
kill "$held"
taskman task "done" 2 >/dev/null
wait "$narrow" || fail "exit $?: $(<narrow.err)"

# What is no daemon, or another's, will not become one: not waited for.
start foreign python3 -c '
import socket, sys
listener = socket.socket(socket.AF_UNIX)
listener.bind(sys.argv[1])
listener.listen()
print("ready", flush=True)
while True:
    client = listener.accept()[0]
    client.recv(1 << 16)
    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")' "$PWD/foreign.sock"
wait_for_line foreign.out '^ready$'
assert_exit 5 env TASKMAN_URL="unix:$PWD/foreign.sock" taskman wait task 1 --for exists
assert_contains "$STDERR" "something else than taskmand answers"
assert_exit 5 env TASKMAN_DB="$PWD/other.db" TASKMAN_SOCKET="$socket" taskman wait task 1 --for exists
assert_contains "$STDERR" "serves $XDG_DATA_HOME/taskman/taskman.db, not $PWD/other.db"
