# shellcheck shell=bash
# stop and start at the same time: stop waits for a daemon that is about to serve, and nothing is lost.

socket=$(taskman daemon path)
db=$XDG_DATA_HOME/taskman/taskman.db
mkdir -p "$(dirname "$db")" "$(dirname "$socket")"

# A command has begun to start the daemon (it holds the start lock); the daemon comes while stop waits.
exec 8>"$socket.start"
flock 8
start stopper taskman daemon stop
start daemon taskmand --ready-fd 1 --db "$db" --socket "$socket" --log "$PWD/d.log"
wait_gone "$STARTED"
wait_for_line daemon.out '^ready$'
wait_for_line stopper.out "^stopped: process $STARTED$"
exec 8>&-

# Somebody holds the database and never serves: stop does not wait for ever, and says who.
exec 8>>"$db.lock"
flock 8
echo "process 12345 on $socket" >&8
assert_exit 124 taskman daemon stop --timeout 200ms
assert_contains "$STDERR" "the daemon (process 12345) does not answer on $socket"
assert_contains "$STDERR" "kill -9 12345"
assert_exit 4 taskman task list --timeout 500ms
assert_contains "$STDERR" "is in use by process 12345"
exec 8>&-
: >"$db.lock"

# Whoever is quicker: the write is there, and stop has done what it says.
for i in {1..8}; do
  start "add$i" taskman task add "task $i" -q
  adder=$STARTED
  taskman daemon stop >/dev/null 2>&1 || fail "stop $i failed"
  wait "$adder" || fail "add $i failed: $(cat "add$i.err")"
done
assert_eq "$(taskman task list --format '{title}' | sort | tr '\n' ' ')" "$(printf 'task %s ' {1..8})"
