# shellcheck shell=bash
# A wait goes on the moment the daemon is back, after a stop as after a kill, however often; it does not bring back one that
# was stopped, and gives who needs a dead one the time to start it first.

taskman daemon start >/dev/null

# waits NAME ARG…    NAME.end tells when it ended; in $STARTED
waits() {
  local name=$1
  shift
  # shellcheck disable=SC2016  # the inner shell expands it
  start "$name" bash -c '"$@"; status=$?; echo "$EPOCHREALTIME" >"$0.end"; exit $status' "$name" taskman wait -v "$@"
  wait_for_line "$name.err" '^following, from '
}
# ended_in_time NAME PID ID
ended_in_time() {
  local status=0 changed late
  wait "$2" || status=$?
  assert_eq "$status" 0 "$1, which says «$(cat "$1.err")»"
  changed=$(date -ud "$(taskman task show "$3" --format '{closed_at}')" +%s%3N)
  late=$(($(tr -d . <"$1.end") / 1000 - changed))
  echo "$1 ended $late ms after the change"
  [ "$late" -lt 700 ] || fail "$1 ended $late ms after the change"
}
stopped() { taskman daemon stop >/dev/null; }
killed() { kill -KILL "$(taskman daemon status -q)"; }

for end in stopped killed; do
  id=$(taskman task add "$end" -q)
  waits "$end" task "$id" --for status=done --timeout 40s
  pid=$STARTED
  for _ in 1 2 3; do
    "$end"
    taskman daemon start -q >/dev/null
  done
  taskman task "done" "$id" >/dev/null
  ended_in_time "$end" "$pid" "$id"
  # Many deaths of a daemon are not streams that something cuts off.
  if grep "cut off" "$end.err"; then fail "$end: took dead daemons for cut streams"; fi
done

# A stopped daemon stays so, and the wait says no more than it knows.
id=$(taskman task add "Never" -q)
waits away task "$id" --for status=done --timeout 4s
pid=$STARTED
stopped
status=0
wait "$pid" || status=$?
assert_eq "$status" 124
assert_matches "$(<away.err)" "task $id is todo when the daemon last answered \(no daemon listens"
assert_eq "$(daemon_pids)" "" "daemons after stop"

# A killed one is brought back by the watcher if nobody else does it: not before the time the daemon gave it (1 to 3 s).
taskman daemon start >/dev/null
start alone taskman watch -v --json
wait_for_line alone.err '^following, from '
killed_at=$(date +%s%3N)
killed
wait_for_line alone.err '^taskman: connected again, nothing was missed$'
again_at=$(date -ud "$(taskman daemon status --json | jq -r .data.started_at)" +%s%3N)
echo "brought back after $((again_at - killed_at)) ms"
[ $((again_at - killed_at)) -ge 1000 ] || fail "brought back after $((again_at - killed_at)) ms"
