# shellcheck shell=bash
# A daemon that hangs under a watcher: after 2.5 heartbeats it counts as lost, and when it goes on nothing
# was missed. By a stream and by WebSocket.

export TASKMAN_HEARTBEAT=200ms
taskman task add one -q >/dev/null
pid=$(daemon_pid)
start stream taskman watch -v --json --no-autostart
start ws taskman watch -v --json --ws --no-autostart
for name in stream ws; do wait_for_line "$name.err" '^following, from '; done
# Heartbeats alone keep it: more than 2.5 of them pass, and nobody is lost.
is_kept() { [ "$(curl -s --unix-socket "$(taskman daemon path)" http://localhost/api/v1/subscribers | jq '[.data[].seconds] | min')" -ge 1 ]; }
eventually is_kept
for name in stream ws; do if grep lost "$name.err"; then fail "$name lost a daemon that lives"; fi; done

halt "$pid"
for name in stream ws; do wait_for_line "$name.err" '^taskman: lost the daemon \(the daemon is silent\)' 10; done
kill -CONT "$pid"
for name in stream ws; do wait_for_line "$name.err" '^taskman: connected again, nothing was missed$'; done
taskman task "done" 1 >/dev/null
for name in stream ws; do
  wait_for_lines "$name.out" 1
  assert_eq "$(jq -c '[.rev, .prev]' "$name.out")" "[2,1]"
done
