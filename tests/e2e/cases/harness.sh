# shellcheck shell=bash
# The helpers of lib.sh tell right from wrong, and a case is alone in its folder.

assert_eq "$PWD" "$E2E_FOLDER"
assert_contains "$HOME" "$E2E_FOLDER"
assert_eq "${TASKMAN_DB:-unset}" unset

assert_exit 3 bash -c 'echo out; echo err >&2; exit 3'
assert_eq "$STDOUT" out
assert_eq "$STDERR" err
if (assert_exit 0 false) 2>/dev/null; then fail "assert_exit accepts a wrong exit code"; fi
if (assert_eq a b) 2>/dev/null; then fail "assert_eq accepts a difference"; fi
if (assert_contains abc d) 2>/dev/null; then fail "assert_contains accepts an absence"; fi

mkfifo gate
start writer bash -c 'echo first; read -r _ <gate; echo second; echo third'
wait_for_line writer.out '^first$'
if (wait_for_line writer.out '^second$' 0.2) 2>/dev/null; then fail "a line was seen before it came"; fi
echo go >gate
wait_for_lines writer.out 3
wait_gone "$STARTED"

start sleeper tail -f /dev/null
assert_eq "$(daemon_pids)" ""
if (daemon_pid) 2>/dev/null; then fail "no daemon runs, and one was found"; fi
# sleeper is left behind on purpose: the runner has to end it
