# shellcheck shell=bash
# daemon start, stop, restart, status, path, run: what each says, and that none does more than it says.

socket=$(taskman daemon path)
for command in path status stop; do
  taskman daemon $command >/dev/null 2>&1 || true
  assert_eq "$(daemon_pids)" "" "daemons after $command"
done
assert_exit 5 taskman daemon status
assert_contains "$STDOUT" $'running\tfalse'
assert_exit 5 taskman daemon status --json
assert_eq "$(jq -c '[.kind, .data.running, .data.pid, .data.socket]' <<<"$STDOUT")" "[\"daemon.status\",false,null,\"$socket\"]"
assert_eq "$STDERR" ""
assert_exit 0 taskman daemon stop
assert_eq "$STDOUT" ""
assert_contains "$STDERR" "no daemon runs on $socket"

assert_exit 0 taskman daemon start
pid=$(daemon_pid)
assert_eq "$STDOUT" "started: process $pid on $socket"
assert_exit 0 taskman daemon start
assert_eq "$STDOUT" "already running: process $pid on $socket"
assert_eq "$(taskman daemon start -q)" "$pid"
assert_exit 0 taskman daemon status --json
assert_eq "$(jq -r '.data | [.running, .pid, .socket, .database, .log] | join(" ")' <<<"$STDOUT")" \
  "true $pid $socket $XDG_DATA_HOME/taskman/taskman.db $XDG_STATE_HOME/taskman/taskmand.log"
assert_eq "$(jq -r .data.version <<<"$STDOUT")" "$(taskman --version | cut -d' ' -f2)"
before=$(jq -r '.data.store, .data.cursor' <<<"$STDOUT")

taskman task add one -q >/dev/null
assert_exit 0 taskman daemon restart
assert_eq "$STDOUT" "restarted: process $(daemon_pid) on $socket"
[ "$(daemon_pid)" != "$pid" ] || fail "the same daemon runs"
after=$(taskman daemon status --json | jq -r '.data.store, .data.cursor')
assert_eq "${after%%$'\n'*}" "${before%%$'\n'*}" "the store's id"
[ "${after##*$'\n'}" != "${before##*$'\n'}" ] || fail "the cursor does not move"

pid=$(daemon_pid)
assert_exit 0 taskman daemon stop
assert_eq "$STDOUT" "stopped: process $pid"
assert_eq "$STDERR" ""
assert_eq "$(daemon_pids)" "" "daemons when stop has returned"
[ ! -e "$socket" ] || fail "the socket is still there"
assert_exit 0 flock --nonblock "$XDG_DATA_HOME/taskman/taskman.db.lock" true
assert_eq "$(taskman daemon restart)" "started: process $(daemon_pid) on $socket"
taskman daemon stop

# run is the daemon itself
start run taskman daemon run
wait_for_line run.err '"message":"ready"'
assert_eq "$(daemon_pid)" "$STARTED"
assert_eq "$(taskman task list --format '{title}')" one
kill -TERM "$STARTED"
wait "$STARTED"
assert_eq "$(<run.out)" ""

# A remote daemon is not ours to start or stop.
assert_exit 2 env TASKMAN_URL=https://tasks.example taskman daemon stop
assert_contains "$STDERR" "https://tasks.example runs elsewhere"
