# shellcheck shell=bash
# The first command starts the daemon, gets its answer through a pipe and goes; the daemon lives on, on its own.

exec 9>marker # a descriptor the daemon must not keep
id=$(taskman task add "Fix login" -p p1 -q)
assert_eq "$id" 1
pid=$(daemon_pid)
assert_eq "$(taskman task show 1 --format '{priority} {title}')" "p1 Fix login"
assert_eq "$(daemon_pid)" "$pid" "the second command's daemon"

for fd in 0 1 2; do assert_eq "$(readlink "/proc/$pid/fd/$fd")" /dev/null "descriptor $fd"; done
held=$(find "/proc/$pid/fd" -type l -printf '%l\n')
[[ $held != *marker* && $held != *pipe:* ]] || fail "the daemon holds what it inherited: $held"
assert_eq "$(readlink "/proc/$pid/cwd")" /
assert_matches "$(grep ^Umask "/proc/$pid/status")" 0077
# sid, pgrp and terminal: a session of its own, without a terminal
read -r _ _ _ _ _ session terminal _ <"/proc/$pid/stat"
read -r _ _ _ _ _ ours _ <"/proc/$$/stat"
[ "$session" != "$ours" ] || fail "the daemon is in the session of who started it"
assert_eq "$terminal" 0 "its terminal"

socket=$(taskman daemon path)
assert_eq "$(stat -c %a "$socket")" 600
assert_eq "$(stat -c %a "$(dirname "$socket")")" 700
assert_eq "$(stat -c %a "$XDG_DATA_HOME/taskman/taskman.db")" 600
assert_eq "$(stat -c %a "$XDG_STATE_HOME/taskman/taskmand.log")" 600

# What it reports to is not what the command runs under; its starter's limits on signals are not its own.
taskman daemon stop
NOTIFY_SOCKET=$E2E_FOLDER/notify LISTEN_FDS=1 bash -c 'trap "" TERM; taskman daemon start' >/dev/null
pid=$(daemon_pid)
if grep -qzE '^(NOTIFY_SOCKET|LISTEN_)' "/proc/$pid/environ"; then fail "it reports to another's supervisor"; fi
kill_daemon TERM
assert_eq "$(daemon_pids)" ""

# A working folder that is gone is no hindrance.
mkdir gone
(cd gone && rmdir ../gone && taskman task add second -q >../id)
assert_eq "$(<id)" 2
