# shellcheck shell=bash
# A watcher outlives its daemon: it brings a killed one back, leaves a stopped one alone, misses
# nothing and says so. tests/crash has the same with 1,000 changes.

id=$(taskman task add "Watched" -q)
start stream taskman watch -v
stream=$STARTED
start poll taskman watch -v --poll=100ms
poll=$STARTED
for name in stream poll; do wait_for_line "$name.err" '^following, from '; done

# Killed: nobody but the watchers is there to start another.
old=$(daemon_pid)
kill_daemon KILL
wait_for_line stream.err '^taskman: connected again, nothing was missed$'
wait_for_line poll.err '(connected again|the daemon was restarted), nothing was missed$'
[ "$(daemon_pid)" != "$old" ] || fail "no other daemon"
assert_contains "$(cat stream.err)" "lost the daemon"
assert_exit 0 taskman task start "$id"
for name in stream poll; do wait_for_lines "$name.out" 1; done

# Stopped: it stays stopped until somebody asks for it.
assert_exit 0 taskman daemon stop
told_often() { [ "$(grep -c "$2" "$1.err")" -eq "$3" ]; }
eventually told_often stream '^taskman: lost the daemon' 2
eventually grep -q '^taskman: lost the daemon' poll.err
assert_eq "$(daemon_pids)" "" "daemons after stop"
assert_exit 0 taskman task review "$id"
assert_exit 0 taskman task "done" "$id"
for name in stream poll; do
  wait_for_lines "$name.out" 3
  eventually told_often "$name" 'nothing was missed' 2
  assert_eq "$(jq -r '.changes[0].set.status' "$name.out" | tr '\n' ' ')" "in_progress review done "
  assert_eq "$(jq -s 'all(.[]; .prev + 1 == .rev)' "$name.out")" true
done

# Restarted: the same, in one go.
assert_exit 0 taskman daemon restart
assert_exit 0 taskman task reopen "$id"
for name in stream poll; do wait_for_lines "$name.out" 4; done
kill "$stream" "$poll"
