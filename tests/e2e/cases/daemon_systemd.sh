# shellcheck shell=bash
# Started through a socket that somebody else holds, as by systemd's socket unit.

export TASKMAN_SOCKET=$PWD/t.sock TASKMAN_DB=$PWD/t.db
start supervisor "$E2E_SOURCE/tests/e2e/socket_activation.py" "$TASKMAN_SOCKET" \
  taskmand --foreground --db "$TASKMAN_DB" --socket "$TASKMAN_SOCKET"
wait_for_line supervisor.out '^listening$'
assert_eq "$(daemon_pids)" ""

# The first connection starts it, and is answered.
assert_eq "$(taskman task add one -q)" 1
first=$(daemon_pid)
wait_for_line supervisor.out "^started $first$"
assert_eq "$(taskman daemon status -q)" "$first"
assert_contains "$(<supervisor.err)" '"message":"ready"' # the journal's
[ ! -e "$XDG_STATE_HOME/taskman/taskmand.log" ] || fail "in the foreground the log goes to stderr"
assert_exit 3 taskman daemon logs
assert_contains "$STDERR" journalctl

# stop returns, says that the socket stays, and the next command starts it again.
assert_exit 0 taskman daemon stop
assert_eq "$STDOUT" "stopped: process $first"
assert_contains "$STDERR" "something else listens on $TASKMAN_SOCKET"
[ -S "$TASKMAN_SOCKET" ] || fail "the daemon removed a socket that is not its own"
assert_eq "$(taskman task list --format '{title}')" one
second=$(daemon_pid)
[ "$second" != "$first" ] || fail "the same process"

# Killed: the socket outlives it, nobody else has to start anything.
kill_daemon KILL
assert_eq "$(taskman task list --no-autostart --format '{title}')" one

# The units that are shipped.
for unit in taskmand.service taskmand.socket; do
  unit=$(dirname "$E2E_BIN")/systemd/$unit
  [ -s "$unit" ] || fail "no $unit"
  if grep -n '@' "$unit"; then fail "$unit has a place left open"; fi
done
grep -q '^ListenStream=%t/taskman/taskman.sock$' "$(dirname "$E2E_BIN")/systemd/taskmand.socket"
