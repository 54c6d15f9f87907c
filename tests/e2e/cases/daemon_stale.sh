# shellcheck shell=bash
# A daemon is found by talking to it: what a dead one left is replaced, what is somebody else's is named.

taskman task add one -q >/dev/null
socket=$(taskman daemon path)
kill_daemon KILL
[ -S "$socket" ] || fail "a killed daemon leaves its socket"
assert_eq "$(taskman task add two -q)" 2
assert_eq "$(taskman task list --format '{title}' | sort | tr '\n' ' ')" "one two "
kill_daemon KILL
assert_exit 5 taskman daemon status
assert_exit 0 taskman daemon stop
assert_contains "$STDERR" "no daemon runs"
assert_exit 0 taskman task list
taskman daemon stop
[ ! -e "$socket" ] || fail "a stopped daemon leaves its socket"

# One that is about to be gone still listens: `start` is done when somebody answers.
python3 - "$socket" <<'END' &
import socket, sys
server = socket.socket(socket.AF_UNIX)
server.bind(sys.argv[1])
server.listen()
open("listens", "w").close()
server.accept()
last, _ = server.accept()
server.close()
last.close()
END
eventually test -e listens
assert_exit 0 taskman daemon start
assert_exit 0 taskman daemon status
taskman daemon stop

no_daemon() { [ -z "$(daemon_pids)" ]; }
in_the_way() {
  assert_exit 5 taskman task list --timeout 20s
  assert_contains "$STDERR" "$socket: what is there is not a socket"
  assert_contains "$STDERR" "hint: move it away"
  assert_eq "$STDOUT" ""
  eventually no_daemon  # it says why before it is gone
}
mkdir "$socket"
in_the_way
[ -d "$socket" ] || fail "a folder in the socket's place was removed"
rmdir "$socket"
echo letter >"$socket"
in_the_way
assert_eq "$(<"$socket")" letter
rm "$socket"

# A folder in which nothing can be made.
assert_exit 5 env TASKMAN_SOCKET=/proc/taskman.sock taskman task list
assert_contains "$STDERR" "/proc/taskman.sock"

# A folder that somebody chose stays as it was.
mkdir -m 755 shared
TASKMAN_SOCKET=$PWD/shared/x.sock TASKMAN_DB=$PWD/x.db taskman task list >/dev/null
assert_eq "$(stat -c %a shared)" 755
