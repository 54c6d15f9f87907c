# shellcheck shell=bash
# A daemon whose database or socket was taken away under it: commands say so at once, stop and restart end it.

socket=$(taskman daemon path)
db=$XDG_DATA_HOME/taskman/taskman.db

# The database was moved away.
for last in stop restart; do
  taskman task add one -q >/dev/null
  pid=$(daemon_pid)
  mv "$db" moved.db
  assert_exit 5 taskman task list
  assert_exit 5 taskman daemon status
  assert_contains "$STDERR" "was moved, replaced or deleted"
  assert_contains "$STDOUT" "$pid"
  assert_exit 5 taskman daemon status --json
  assert_eq "$(jq -c '.data | [.running, .pid]' <<<"$STDOUT")" "[true,$pid]"
  assert_exit 0 taskman daemon "$last"
  wait_gone "$pid"
done
assert_eq "$(taskman task list --json | jq '.data | length')" 0 "a restart begins with what is there"
taskman daemon stop >/dev/null

# The socket's file was removed, or moved away with its folder's other files: the daemon makes a new one.
taskman daemon start >/dev/null
pid=$(daemon_pid)
for last in "rm $socket" "mv $socket $socket.old"; do
  $last
  assert_exit 0 taskman task add found
  assert_exit 0 taskman daemon status
  assert_eq "$(stat -c %a "$socket")" 600
  assert_eq "$(daemon_pids)" "$pid" "the same daemon"
done
rm "$socket.old"
assert_eq "$(taskman task list --json | jq '.data | length')" 2
assert_contains "$(taskman daemon logs)" "the socket's file was removed"
assert_exit 0 taskman daemon stop
[ ! -e "$socket" ] || fail "the new file is left behind"

# Something else was put in its place, which is not the daemon's to remove.
cut_off() {
  SECONDS=0
  assert_exit 5 taskman task add lost
  assert_contains "$STDERR" "the daemon (process $1) lost its socket $socket"
  assert_contains "$STDERR" "hint: give it a new one: taskman daemon restart"
  assert_exit 5 taskman daemon start
  assert_exit 5 taskman daemon status
  assert_contains "$STDERR" "process $1"
  [ $SECONDS -lt 10 ] || fail "that took $SECONDS s"
  assert_eq "$(daemon_pids)" "$1"
}
taskman daemon start >/dev/null
pid=$(daemon_pid)
echo letter >letter
mv -f letter "$socket"
cut_off "$pid"
assert_exit 0 taskman daemon stop
assert_contains "$STDOUT" "stopped: process $pid"
assert_eq "$(daemon_pids)" ""
assert_eq "$(<"$socket")" letter
rm "$socket"

# Something else answers there.
python3 - "$socket" >foreign.out <<'PY' &
import socket, sys
listener = socket.socket(socket.AF_UNIX)
listener.bind(sys.argv[1])
listener.listen()
print("listens", flush=True)
while True:
    client = listener.accept()[0]
    client.recv(65536)
    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
    client.close()
PY
foreign=$!
wait_for_line foreign.out listens
for command in "task list" "task add x" "daemon status" "daemon stop" "watch"; do
  # shellcheck disable=SC2086  # words
  assert_exit 5 taskman $command --timeout 5s
  assert_contains "$STDERR" "something else than taskmand answers on $socket"
done
kill "$foreign"
