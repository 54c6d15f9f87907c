# shellcheck shell=bash
# A newer command replaces an older daemon, once; an older command leaves a newer daemon alone.

export TASKMAN_DB=$PWD/t.db TASKMAN_SOCKET=$PWD/t.sock
relay() {
  : >relay.out
  start relay "$E2E_SOURCE/tests/e2e/version_relay.py" "$TASKMAN_SOCKET" "$1" taskmand --db "$TASKMAN_DB" --log "$PWD/old.log"
  wait_for_line relay.out '^ready '
}

# Older daemon, newer command: the write is not done twice, the daemon is ours afterwards.
relay 0.0.1
older=$(daemon_pid)
assert_exit 0 taskman task add one -q
assert_eq "$STDOUT" 1
assert_contains "$STDERR" "replacing the daemon of version 0.0.1 by "
[ "$(daemon_pid)" != "$older" ] || fail "the older daemon runs on"
assert_exit 0 taskman task list --format '{id} {title}'
assert_eq "$STDOUT" "1 one"
assert_eq "$STDERR" ""
taskman daemon stop >/dev/null

# Who does not want a daemon started does not replace one.
relay 0.0.1
older=$(daemon_pid)
assert_exit 0 taskman task list --no-autostart
assert_eq "$(daemon_pid)" "$older"
assert_exit 0 env -u TASKMAN_DB TASKMAN_URL="unix:$TASKMAN_SOCKET" taskman task list
assert_eq "$(daemon_pid)" "$older"
kill -TERM "$older"
wait "$STARTED"

# A supervisor that starts the older one again: it is replaced once, then lived with.
export KEEP=1
relay 0.0.1
unset KEEP
relay_pid=$STARTED
assert_exit 0 taskman task add two -q
assert_eq "$STDOUT" 2
assert_eq "$(grep -c replacing <<<"$STDERR")" 1
wait_for_lines relay.out 2
kill -KILL "$relay_pid"
wait_gone "$relay_pid"
kill_daemon TERM
rm "$TASKMAN_SOCKET"

# Newer daemon, older command: it works, and the daemon stays.
relay 99.0.0
newer=$(daemon_pid)
assert_exit 0 taskman task list --format '{title}'
assert_eq "$(sort <<<"$STDOUT" | tr '\n' ' ')" "one two "
assert_eq "$STDERR" ""
assert_exit 0 taskman task "done" 1
assert_eq "$(daemon_pid)" "$newer"
assert_eq "$(taskman daemon status --json | jq -r .data.pid)" "$newer"
