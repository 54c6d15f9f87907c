# shellcheck shell=bash
# daemon logs: the last lines, and the next ones as they come, also from a new file.

log=$XDG_STATE_HOME/taskman/taskmand.log
assert_exit 3 taskman daemon logs
assert_contains "$STDERR" "$log"
assert_eq "$(daemon_pids)" ""
taskman daemon start >/dev/null
pid=$(daemon_pid)
assert_eq "$(taskman daemon logs | jq -r '[.level, .pid, .message] | join(" ")')" "info $pid ready"
seq 100 | sed 's/.*/{"n":&}/' >>"$log"
assert_eq "$(taskman daemon logs | wc -l)" 50
assert_eq "$(taskman daemon logs -n 2 | jq -r .n | tr '\n' ' ')" "99 100 "
assert_eq "$(taskman daemon logs -n 0)" ""
assert_eq "$(taskman daemon logs -n 1000 --json)" "$(<"$log")"
assert_exit 2 taskman daemon logs -n x
assert_contains "$STDERR" "--lines: 'x'"

start follow taskman daemon logs -n 1 --follow
wait_for_line follow.out '"n":100'
mv "$log" "$log.1"
kill -HUP "$pid"
wait_for_line follow.out 'settings read again'
taskman daemon stop >/dev/null
wait_for_line follow.out '"stopped"'
assert_eq "$(sort follow.out | uniq -d)" ""
kill -INT "$STARTED"
wait "$STARTED" || assert_eq $? 130
# A reader that has enough ends it quietly.
assert_exit 0 bash -c 'set -o pipefail; taskman daemon logs -n 1000 --follow 2>&1 | head -n 1'
assert_eq "$(wc -l <<<"$STDOUT")" 1
