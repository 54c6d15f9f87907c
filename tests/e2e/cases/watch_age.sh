# shellcheck shell=bash
# Streams that the daemon ends because they are old, as it was told to: watch comes back, and there is nothing to say.

export TASKMAN_HEARTBEAT=200ms TASKMAN_STREAM_AGE=300ms
taskman daemon start >/dev/null
real=$(taskman daemon path)
looks=0
# Connections that were made, without those of looking.
look() {
  looks=$((looks + 1))
  made=$(($(curl -s --unix-socket "$real" http://localhost/metrics | sed -n 's/^taskman_http_connections_total //p') - looks))
}
has_made() { look && [ "$made" -ge "$1" ]; }

for way in stream ws; do
  start "$way" taskman watch -v --json "--$way"
  watcher=$STARTED
  wait_for_line "$way.err" '^following, from '
  look
  eventually has_made $((made + 3))
  taskman task add "after all of that" -q >/dev/null
  wait_for_lines "$way.out" 1
  assert_eq "$(jq '.rev - .prev' "$way.out")" 1 "$way"
  assert_eq "$(grep -v '^following' "$way.err" || true)" "" "what $way says"
  kill "$watcher"
done
