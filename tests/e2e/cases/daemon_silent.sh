# shellcheck shell=bash
# A daemon that hangs holds nobody up longer than wanted, and nothing is written twice.

taskman daemon start >/dev/null
pid=$(daemon_pid)
halt "$pid"
SECONDS=0
assert_exit 124 taskman task add once --key k1 --timeout 2s -q
[ $SECONDS -lt 10 ] || fail "--timeout 2s took $SECONDS s"
assert_contains "$STDERR" "hint: it may have been done; the same command with --key k1 does it once"
# Without a key of its own a command names the one it has sent.
assert_exit 124 taskman task add twice --timeout 100ms
key=$(sed -n 's/.* with --key \([^ ]*\) does it once.*/\1/p' <<<"$STDERR")
assert_exit 124 taskman task list --timeout 100ms
assert_contains "$STDERR" "hint: give it more time"
SECONDS=0
assert_exit 124 taskman daemon status
[ $SECONDS -lt 10 ] || fail "daemon status took $SECONDS s"
assert_exit 124 taskman daemon status --timeout 100ms
assert_contains "$STDERR" "process $pid"
assert_exit 124 taskman daemon stop --timeout 100ms
assert_contains "$STDERR" "hint: to end it without its help: kill -9 $pid"
assert_exit 124 taskman daemon start --timeout 100ms
assert_eq "$(daemon_pid)" "$pid"

kill -CONT "$pid"
# The request waited in the socket; or it was dropped with its connection. Either way: one task.
id=$(taskman task add once --key k1 -q)
assert_eq "$(taskman task add once --key k1 -q)" "$id"
taskman task add twice --key "$key" -q >/dev/null
taskman task add twice --key "$key" -q >/dev/null
assert_eq "$(taskman task list --format '{title}' | sort | tr '\n' ' ')" "once twice "
