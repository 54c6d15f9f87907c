# shellcheck shell=bash
# A daemon that has too many readers: watch says so once, polls, and takes a stream as soon as there is room.

export TASKMAN_MAX_CONNECTIONS=4
taskman daemon start >/dev/null
real=$(taskman daemon path)
readers=()
for i in 1 2 3 4; do
  start "reader$i" curl -sN --unix-socket "$real" -H 'Accept: application/x-ndjson' http://localhost/api/v1/events
  readers+=("$STARTED")
  wait_for_lines "reader$i.out" 1
done

start ws taskman watch -v --json --ws
start stream taskman watch -v --json
for name in ws stream; do wait_for_line "$name.err" '^taskman: streams are cut off \(it has too many readers\): polling instead'; done
for name in ws stream; do wait_for_line "$name.err" '^following, from '; done
taskman task add "while it is full" -q >/dev/null
for name in ws stream; do
  wait_for_lines "$name.out" 1
  assert_eq "$(grep -v '^following' "$name.err" | cut -d' ' -f2-4)" $'lost the daemon\nstreams are cut' "$name"
done
kill "${readers[@]}"
for name in ws stream; do wait_for_line "$name.err" '^taskman: streams come through again, nothing was missed$' 30; done
taskman task add "when there is room" -q >/dev/null
for name in ws stream; do
  wait_for_lines "$name.out" 2
  assert_eq "$(jq -c '[.rev, .prev]' "$name.out")" $'[1,0]\n[2,1]' "$name"
done
