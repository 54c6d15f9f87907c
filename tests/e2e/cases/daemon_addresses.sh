# shellcheck shell=bash
# Which daemon is meant: TASKMAN_DB, TASKMAN_URL, TASKMAN_SOCKET; private daemons beside the user's own.

add() { taskman task add "$1" -q; }
titles() { taskman task list --format '{title}' | sort | tr '\n' ' '; }

# Two databases at once, each with a daemon of its own.
add mine >/dev/null
TASKMAN_DB=$PWD/a.db add a1 >/dev/null
TASKMAN_URL=sqlite:$PWD/b.db add b1 >/dev/null
assert_eq "$(daemon_pids | wc -l)" 3
assert_eq "$(TASKMAN_URL=sqlite:$PWD/a.db titles)" "a1 "
assert_eq "$(TASKMAN_DB=b.db titles)" "b1 " "a relative path"
assert_eq "$(taskman task list --url "sqlite:$PWD/b.db" --format '{title}')" b1
assert_eq "$(titles)" "mine "
assert_eq "$(daemon_pids | wc -l)" 3
ln -s a.db link.db
assert_eq "$(TASKMAN_DB=$PWD/link.db titles)" "a1 " "the same file by another name"
TASKMAN_DB=$PWD/a.db taskman daemon stop >/dev/null
assert_eq "$(titles)" "mine " "the others live on"
assert_eq "$(daemon_pids | wc -l)" 2
TASKMAN_DB=$PWD/b.db taskman daemon stop >/dev/null
taskman daemon stop >/dev/null

# A unix: URL alone is a daemon that somebody looks after: used, never started.
assert_exit 5 env TASKMAN_URL="unix:$PWD/x.sock" taskman task list
assert_contains "$STDERR" "no daemon listens on $PWD/x.sock"
assert_contains "$STDERR" "hint: a unix: URL names a daemon that is not started from here"
assert_eq "$(daemon_pids)" ""
start daemon taskmand --ready-fd 1 --db "$PWD/x.db" --socket "$PWD/x.sock" --log "$PWD/x.log"
wait_for_line daemon.out '^ready$'
export TASKMAN_URL=unix:$PWD/x.sock
add x1 >/dev/null
assert_eq "$(titles)" "x1 "
assert_eq "$(taskman daemon path)" "$PWD/x.sock"
assert_eq "$(taskman daemon status --json | jq -c '[.data.pid, .data.database]')" "[$STARTED,null]"
taskman daemon stop >/dev/null
assert_eq "$(daemon_pids)" ""
# With a database of the same origin it is a daemon of ours, on that socket.
TASKMAN_DB=$PWD/y.db add y1 >/dev/null
assert_eq "$(TASKMAN_DB=$PWD/y.db taskman daemon status --json | jq -r .data.database)" "$PWD/y.db"
taskman daemon stop >/dev/null
unset TASKMAN_URL

# A database has one daemon: who looks on another socket is told at once where it is.
add again >/dev/null
socket=$(taskman daemon path)
SECONDS=0
assert_exit 4 env TASKMAN_SOCKET="$PWD/other.sock" taskman task list
[ $SECONDS -lt 10 ] || fail "it took $SECONDS s"
assert_contains "$STDERR" "listens on $socket, not on $PWD/other.sock"
assert_contains "$STDERR" "TASKMAN_URL=unix:$socket"
assert_exit 4 env TASKMAN_SOCKET="$PWD/other.sock" taskman daemon stop
assert_exit 5 env TASKMAN_SOCKET="$PWD/other.sock" taskman daemon status
assert_contains "$STDERR" "is held by process $(daemon_pid) on $socket"
assert_exit 0 taskman daemon stop --url "unix:$socket"

# A socket and a database that were both named, and a daemon there that serves another one.
TASKMAN_DB=$PWD/a.db TASKMAN_SOCKET=$PWD/both.sock add a2 >/dev/null
assert_eq "$(TASKMAN_DB=$PWD/a.db TASKMAN_SOCKET=$PWD/both.sock titles)" "a1 a2 "
for wrong in "task add stray -q" "task list" "watch"; do
  # shellcheck disable=SC2086  # words
  assert_exit 5 env TASKMAN_DB="$PWD/b.db" TASKMAN_SOCKET="$PWD/both.sock" taskman $wrong
  assert_eq "$STDOUT" ""
  assert_contains "$STDERR" "the daemon on $PWD/both.sock serves $PWD/a.db, not $PWD/b.db"
  assert_contains "$STDERR" "hint: leave out the socket (TASKMAN_SOCKET) or the database (TASKMAN_DB)"
done
assert_eq "$(TASKMAN_SOCKET=$PWD/both.sock titles)" "a1 a2 " "the socket alone"
TASKMAN_SOCKET=$PWD/both.sock taskman daemon stop >/dev/null

# Nothing is started for who does not want it.
for refusal in "env TASKMAN_AUTOSTART=0 taskman task list" "taskman task list --no-autostart"; do
  # shellcheck disable=SC2086  # words on purpose
  assert_exit 5 $refusal
  assert_contains "$STDERR" "no daemon listens on $socket"
  assert_contains "$STDERR" "hint: start it with: taskman daemon start"
done
assert_exit 5 env TASKMAN_AUTOSTART=0 taskman task list --json
assert_eq "$(jq -r '.error | [.code, .retryable] | join(" ")' <<<"$STDERR")" "unreachable true"
assert_eq "$(daemon_pids)" ""

# A socket's path that cannot be one.
assert_exit 2 env TASKMAN_SOCKET="/tmp/$(printf 'x%.0s' {1..120})" taskman task list
assert_contains "$STDERR" "at most 107"
