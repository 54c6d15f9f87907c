# shellcheck shell=bash
# A daemon that is dying still listens for an instant. Whoever asks for one then gets one: start, restart and any command.

# Dying, not dead.
end_daemon() { kill -KILL "$(taskman daemon status -q)"; }
taskman daemon start >/dev/null

for i in {1..30}; do
  end_daemon
  assert_exit 0 taskman daemon start
  assert_matches "$STDOUT" "^(started|already running): process [0-9]+ on " "start $i"
  end_daemon
  assert_exit 0 taskman daemon start --json
  assert_eq "$(jq -c '[.data.running, .data.pid > 0]' <<<"$STDOUT")" '[true,true]' "start --json $i"
done
for i in {1..20}; do
  end_daemon
  assert_exit 0 taskman task add "after a kill $i" -q
done
for i in {1..10}; do
  assert_exit 0 taskman daemon stop
  assert_exit 0 taskman task add "after a stop $i" -q
  end_daemon
  assert_exit 0 taskman daemon restart
  assert_matches "$STDOUT" "^(re)?started: process [1-9][0-9]* on "
done
assert_eq "$(taskman task list -q | wc -l)" 30
